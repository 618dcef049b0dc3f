import { parseArgs } from 'node:util'
import { didYouMean } from '../text/nearest-name.ts'
import type { Given } from './given.ts'
import type { Setting } from './setting.ts'
import { isName, type Name, names, settings } from './settings.ts'

export interface Flags {
  readonly given: ReadonlyMap<Name, Given>
  /** What --config says. */
  readonly file: string | undefined
  readonly faults: readonly string[]
}

/** Reads flags; the last one of a name holds. */
export function readFlags(args: readonly string[]): Flags {
  const given = new Map<Name, Given>()
  const faults: string[] = []
  let file: string | undefined
  const known = [...names, 'config']
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]))
  for (const token of parseArgs({ args: withSwitches(args), options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') faults.push(`found "${token.value}", expected flags only`)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (name !== 'config' && !isName(name)) {
      const near = didYouMean(
        rawName,
        known.map((each) => `--${each}`),
      )
      faults.push(`found the unknown flag ${rawName}${near}; --help lists all flags`)
    } else if (value === undefined || (name === 'config' && value === '')) {
      faults.push(`${rawName}: found nothing, expected a value`)
    } else if (name === 'config') file = value
    else given.set(name, { from: `flag ${rawName}`, at: rawName, found: settings[name].parse(value) })
  }
  return { given, file, faults }
}

/** A switch that stands alone is on: parseArgs would take what comes next for its value. */
function withSwitches(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    const name = arg.slice('--'.length)
    const next = args[index + 1]
    if (!arg.startsWith('--') || !isName(name) || (next !== undefined && !next.startsWith('-'))) return arg
    const { isSwitch }: Setting<unknown> = settings[name]
    return isSwitch ? `${arg}=on` : arg
  })
}
