import { explained } from './setting.ts'
import { keyOf, type Name, names, settings, type Values } from './settings.ts'

/** What most projects set. */
const useful = {
  'server-keys': ['SB-Mid-server-local'],
  'payment-notification-url': 'http://localhost:3000/midtrans/notification',
  'pay-account-notification-url': 'http://localhost:3000/midtrans/notification',
} as const satisfies Partial<Values>

/** A file of settings to begin with: what most projects set, and all else in comments, with its default. */
export const configTemplate = (): string => `${head}
${Object.entries(useful)
  // The keys are names of settings.
  .map(([name, value]) => entry(name as Name, value, ''))
  .join('\n')}
# Below all are as by default; take the # away to change one.

${names
  .filter((name) => !(name in useful))
  .map((name) => entry(name, settings[name].standard, '#'))
  .join('\n')}`

const head = `# yaml-language-server: $schema=./node_modules/midtrans-emulator/fixtures/config.schema.json
# What midtrans-emulator is started with in this folder. A flag (--port) or a variable (MIDTRANS_EMULATOR_PORT) goes
# before a key of this file (port); "midtrans-emulator config" says what holds, and where it comes from.
`

function entry(name: Name, value: unknown, comment: string): string {
  const lines = yamlOf(keyOf(name), value).map((line) => comment + line)
  return [`# ${explained(settings[name])}`, ...lines, ''].join('\n')
}

function yamlOf(key: string, value: unknown): readonly string[] {
  if (value === undefined) return [`${key}:`]
  if (Array.isArray(value)) return [`${key}: [${value.map(plain).join(', ')}]`]
  if (typeof value !== 'object' || value === null) return [`${key}: ${plain(value)}`]
  return [`${key}:`, ...Object.entries(value).map(([name, option]) => `  ${name}: ${plain(option)}`)]
}

/** JSON is YAML; most words need no quotes. */
const plain = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z][\w./-]*(?::\/\/[\w.:/-]+)?$/.test(value) ? value : JSON.stringify(value)
