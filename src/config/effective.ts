import { withoutSecrets } from '../midtrans/secrets.ts'
import { type Environment, ownEnvironment } from './environment.ts'
import { type FileSettings, settingsOf } from './file.ts'
import { findFile } from './find-file.ts'
import { readFlags } from './flags.ts'
import { type Given, toldOf } from './given.ts'
import type { Setting } from './setting.ts'
import { type Name, names, settings, type Values } from './settings.ts'
import { variables } from './variables.ts'

/** What holds, and all that is wrong. */
export interface Effective {
  readonly values: Values
  /** Where it was given: "flag --port"; nowhere: the default holds. */
  readonly from: ReadonlyMap<Name, string>
  /** One line each: where, what was found, what was expected. */
  readonly faults: readonly string[]
}

interface Sources {
  readonly env?: Environment
  /** Defaults that go before the usual ones. */
  readonly standards?: Partial<Values>
  /** Whether a file of a usual name in the working directory counts. */
  readonly isFileLookedFor?: boolean
}

/** Flag before variable before file before default. */
export async function readEffective(
  args: readonly string[],
  { env = ownEnvironment(), standards = {}, isFileLookedFor = true }: Sources = {},
): Promise<Effective> {
  const flags = readFlags(args)
  const file = await fileSettings(flags.file, env, isFileLookedFor)
  const layers = [flags.given, variables(env), file.given]
  const faults = [...flags.faults, ...file.faults]
  const values: Partial<Record<Name, unknown>> = {}
  const from = new Map<Name, string>()
  for (const name of names) {
    const setting: Setting<unknown> = settings[name]
    const given = layers.flatMap((layer) => layer.get(name) ?? [])
    const standard = standards[name] ?? setting.standard
    values[name] = standard
    // All of a file has to be right. Of the others, what something else goes before is nobody's business.
    for (const [place, each] of given.entries()) {
      if (place > 0 && !each.inFile) continue
      const reading = readGiven(setting, each)
      faults.push(...reading.faults)
      if (place === 0) {
        values[name] = reading.value ?? standard
        from.set(name, each.from)
      }
    }
  }
  // Each was read by its own setting.
  const all = values as Values
  const told = faults.length > 0 ? faults : faultsOfAll(all)
  return { values: all, from, faults: told.map((fault) => withoutSecrets(fault, '')) }
}

async function fileSettings(flag: string | undefined, env: Environment, isLookedFor: boolean): Promise<FileSettings> {
  const { file, faults = [] } = await findFile(flag, env, isLookedFor)
  return file ? settingsOf(file) : { given: new Map(), faults }
}

function readGiven({ read }: Setting<unknown>, given: Given) {
  const { value, faults = [] } = { value: undefined, ...read(given.found, given.inFile?.folder) }
  return { value, faults: faults.map((fault) => toldOf(given, fault)) }
}

/** What no single setting knows. */
const faultsOfAll = (values: Values): readonly string[] =>
  values.keys === 'listed' && values['server-keys'].length === 0
    ? ['--keys listed: found no --server-keys, expected at least one: nobody could get in']
    : []
