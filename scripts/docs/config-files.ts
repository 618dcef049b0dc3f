import { configurationPage } from './configuration.ts'

/** File -> what stands in it. */
export const configFiles: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/configuration.md': configurationPage,
}
