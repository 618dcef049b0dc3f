/** A file that comes with the package. Sources (src/) and builds (dist/) both stand one folder below its root. */
export const packageFile = (path: string): URL => new URL(`../${path}`, import.meta.url)
