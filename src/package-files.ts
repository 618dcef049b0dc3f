import { readFile } from 'node:fs/promises'

/** A file that comes with the package. Sources (src/) and builds (dist/) both stand one folder below its root. */
export const packageFile = (path: string): URL => new URL(`../${path}`, import.meta.url)

/** "0.1.0". */
export async function packageVersion(): Promise<string> {
  // npm sees to it that every package has one.
  const { version }: { version: string } = JSON.parse(await readFile(packageFile('package.json'), 'utf8'))
  return version
}
