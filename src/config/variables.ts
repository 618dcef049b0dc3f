import { nearestName } from '../text/nearest-name.ts'
import { type Environment, ownEnvironment } from './environment.ts'
import type { Given } from './given.ts'
import { type Name, names, settings } from './settings.ts'

const prefix = 'MIDTRANS_EMULATOR_'

/** The variable that holds a whole file, or says where it lies. */
export const fileVariable = `${prefix}CONFIG`

export const variableOf = (name: Name): string => `${prefix}${name.toUpperCase().replaceAll('-', '_')}`

/** What clients and tests of the emulator look at. */
const ofOthers = ['URL', 'SANDBOX', 'BROWSER'].map((name) => prefix + name)

/** What Kubernetes and Docker links set for a service that is called midtrans-emulator. */
const ofLinks = new RegExp(`^${prefix}(?:NAME|ENV_.*|SERVICE_(?:HOST|PORT(?:_.*)?)|PORT_\\d+_(?:TCP|UDP)(?:_.*)?)$`)
const isLink = (value: string): boolean => /^(?:tcp|udp):\/\//.test(value)

/** The settings that variables give. An empty one counts as not given. */
export function variables(env: Environment): ReadonlyMap<Name, Given> {
  return new Map(
    names.flatMap((name): [Name, Given][] => {
      const candidates = [variableOf(name), ...(name === 'port' ? ['PORT'] : [])]
      const found = candidates.find((each) => env[each] && !(name === 'port' && isLink(env[each])))
      const value = found && env[found]
      return value ? [[name, { from: `variable ${found}`, found: settings[name].parse(value), at: found }]] : []
    }),
  )
}

/** A line for each variable that was meant for the emulator, and that it does not know. */
export function unknownVariables(env: Environment = ownEnvironment()): readonly string[] {
  const known = [...names.map(variableOf), fileVariable, ...ofOthers]
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !known.includes(name) && !ofLinks.test(name))
    .map((name) => {
      // What all of them begin with makes none of them alike.
      const near = nearestName(
        name.slice(prefix.length),
        known.map((each) => each.slice(prefix.length)),
      )
      return `found the unknown variable ${name}${near === undefined ? '' : `, did you mean ${prefix}${near}?`}`
    })
}
