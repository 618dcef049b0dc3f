import { apiFiles } from './api-files.ts'
import { commandPage } from './command.ts'
import { configurationPage } from './configuration.ts'

/** Files that are made of the code, and how. Examples come first: the rest is made from them. */
export const files: Readonly<Record<string, () => string | Promise<string>>> = {
  ...apiFiles,
  'docs/command.md': commandPage,
  'docs/configuration.md': configurationPage,
}
