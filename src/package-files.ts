import { readFileSync } from 'node:fs'

/** A file that comes with the package. Sources (src/) and builds (dist/) both stand one folder below its root. */
export const packageFile = (path: string): URL => new URL(`../${path}`, import.meta.url)

/** "0.1.0". */
export function packageVersion(): string {
  // npm sees to it that every package has one.
  const { version }: { version: string } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  return version
}
