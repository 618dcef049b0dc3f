import { type Config, configOf } from './config.ts'
import { type Effective, readEffective } from './effective.ts'
import { type Environment, ownEnvironment } from './environment.ts'
import type { Values } from './settings.ts'

export type { Config } from './config.ts'
export { environmentOfChild, isStartedByNpm, readClientSettings } from './environment.ts'
export { unknownVariables } from './variables.ts'

const mostTold = 20

/** Settings that cannot be used. Its message is for the person who gave them: one line, or one for each of several faults. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    const [only, ...others] = faults
    const more = faults.length > mostTold ? [`and ${faults.length - mostTold} more`] : []
    const all = [`found ${faults.length} faults in the settings`, ...faults.slice(0, mostTold), ...more]
    super(others.length === 0 ? only : all.join('\n  '))
    this.faults = faults
  }
}

/**
 * Reads flags, environment and the file of settings, that of the working directory included; `standards` hold where
 * none of them says anything. Rejects with a ConfigError
 * that says where something is wrong, what was found and what was expected.
 */
export const readConfig = async (
  args: readonly string[],
  env: Environment = ownEnvironment(),
  standards: Partial<Values> = {},
): Promise<Config> => usable(await readEffective(args, { env, standards }))

/** The same from flags alone, and from the file that --config names: whatever stands around has no say. */
export const configOfFlags = async (args: readonly string[]): Promise<Config> =>
  usable(await readEffective(args, { env: {}, isFileLookedFor: false }))

function usable({ values, faults }: Effective): Config {
  if (faults.length > 0) throw new ConfigError(faults)
  return configOf(values)
}

/** How a host to listen on stands in an address. Nobody can connect to "all addresses": `everywhere` stands for them. */
export function urlHost(host: string, everywhere: string): string {
  if (host === '0.0.0.0' || host === '::') return everywhere
  return host.includes(':') ? `[${host}]` : host
}
