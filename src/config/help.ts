import { explained } from './setting.ts'
import { names, settings } from './settings.ts'

/** One line a setting, for --help. */
export const settingsHelp = (): string =>
  [
    line('config', 'file of settings, instead of midtrans-emulator.yaml, .yml or .json in this folder'),
    ...names.map((name) => {
      const { standard } = settings[name]
      const isPlain = Array.isArray(standard) || typeof standard !== 'object'
      const shown = isPlain ? String(standard ?? '') : ''
      return line(name, `${explained(settings[name])}${shown === '' ? '' : ` (${shown})`}`)
    }),
  ].join('\n')

const line = (name: string, about: string): string => `  --${name.padEnd(29)} ${about}`
