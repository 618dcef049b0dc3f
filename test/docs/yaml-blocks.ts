import { parse } from 'yaml'

/** What a block of YAML is, by its name or by its keys; undefined where nobody knows. */
export type Kind = 'scenario' | 'rules of a scenario' | 'configuration' | 'payers' | 'compose' | 'ci'

type Keys = Readonly<Record<string, unknown>>

const isKeys = (value: unknown): value is Keys => typeof value === 'object' && value !== null && !Array.isArray(value)

export function kindOf(text: string, name: string | undefined, isSetting: (key: string) => boolean): Kind | undefined {
  const value: unknown = parse(text)
  if (Array.isArray(value)) return value.every((each) => isKeys(each) && 'phone' in each) ? 'payers' : undefined
  if (!isKeys(value)) return undefined
  if (name !== undefined && /^midtrans-emulator\.ya?ml$/.test(name)) return 'configuration'
  const keys = Object.keys(value)
  if ('steps' in value && 'title' in value) return 'scenario'
  if ('title' in value) return 'rules of a scenario'
  if ('jobs' in value || ('steps' in value && 'runs-on' in value)) return 'ci'
  const nested = isKeys(value.services) ? value.services : value
  if ('services' in value && isKeys(value.services)) return 'compose'
  if (Object.values(nested).some((each) => isKeys(each) && ('script' in each || 'image' in each))) return 'ci'
  return keys.length > 0 && keys.every(isSetting) ? 'configuration' : undefined
}

/** What is wrong with a file of Compose or CI, as far as that can be said without either. */
export function faultsOf(text: string): readonly string[] {
  const value = parse(text) as Keys
  return [...serviceFaults(value), ...scriptFaults(value)]
}

function serviceFaults({ services }: Keys): readonly string[] {
  if (!isKeys(services)) return []
  return Object.entries(services).flatMap(([name, service]) =>
    isKeys(service) && ('image' in service || 'build' in service || 'extends' in service)
      ? []
      : [`services.${name}: found neither image nor build`],
  )
}

/** A line with ": " in it is easily no line, but a mapping. */
function scriptFaults(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scriptFaults)
  if (!isKeys(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const lines = /^(run|script|(before|after)_script)$/.test(key) ? [inner].flat() : []
    const bad = lines.filter((line) => typeof line !== 'string')
    return [...bad.map((line) => `${key}: found ${JSON.stringify(line)}, expected a text`), ...scriptFaults(inner)]
  })
}

/** The variables that files of Compose or CI give to containers of the emulator. */
export function environmentsOf(text: string): readonly Readonly<Record<string, string>>[] {
  return ownServices(parse(text)).flatMap((service) => {
    const given = service.environment ?? service.env ?? service.variables
    return isKeys(given)
      ? [Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))]
      : []
  })
}

function ownServices(value: unknown): readonly Keys[] {
  if (Array.isArray(value)) return value.flatMap(ownServices)
  if (!isKeys(value)) return []
  const isOwn = /(^|\/)midtrans-emulator(:|$)/.test(String(value.image ?? value.name))
  return isOwn ? [value] : Object.values(value).flatMap(ownServices)
}
