import { readEffective } from '../config/effective.ts'
import { ConfigError, unknownVariables } from '../config/index.ts'
import { settings } from '../config/settings.ts'
import { type Shown, shownSettings } from '../config/shown.ts'
import { commonFlags } from './parse.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  takesSettings: true,
  flags: { schema: { about: 'prints the JSON Schema of a file of settings instead' }, ...commonFlags },
  examples: ['midtrans-emulator config', 'midtrans-emulator config --port 9000 --json'],
  exitCodes: '0 ok, 2 a setting is wrong',
  more: 'Flag before variable before file before default. Secrets are shortened; of quirks only what is not the default.',
  async run({ flags, settings: given }) {
    if (flags.schema) {
      const { configSchema } = await import('../config/schema.ts')
      console.log(JSON.stringify(configSchema(), null, 2))
      return 0
    }
    for (const line of unknownVariables()) console.error(`midtrans-emulator: ${line}`)
    const effective = await readEffective(given)
    const { faults } = effective
    if (faults.length > 0 && !flags.json) throw new ConfigError(faults)
    const shown = shownSettings(effective)
    console.log(flags.json ? JSON.stringify(faults.length > 0 ? { faults } : jsonOf(shown)) : tableOf(shown))
    return faults.length > 0 ? 2 : 0
  },
})

const jsonOf = (shown: readonly Shown[]) =>
  Object.fromEntries(shown.map(({ key, value, from }) => [key, { value: value ?? null, from }]))

function tableOf(shown: readonly Shown[]): string {
  const rows = shown.map(({ name, key, value, from }) => [key, textOf(value, settings[name].standard), from] as const)
  const width = (column: 0 | 1) => Math.min(60, Math.max(...rows.map((row) => row[column].length)))
  return rows.map(([key, value, from]) => `${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}`).join('\n')
}

/** Of a map only what is not its default: a list of all quirks would hide them. */
function textOf(value: unknown, standard: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const usual = new Map(Object.entries({ ...(standard as object) }))
  return Object.entries(value)
    .filter(([name, option]) => usual.get(name) !== option)
    .map(([name, option]) => `${name}=${option}`)
    .join(', ')
}
