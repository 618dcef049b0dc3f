import { commandPage } from './command.ts'

/** File -> what stands in it. */
export const commandFiles: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/command.md': commandPage,
}
