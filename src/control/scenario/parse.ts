import { Problem } from '../admin/problem.ts'
import { checkSettings } from '../admin/settings.ts'
import { ruleOf } from '../rules.ts'
import { type Fault, schemaFaults, unknownKey } from './faults.ts'
import { type ScenarioBody, ScenarioOutline, type Step, stepSchemas, type Verb, verbs } from './format.ts'
import { nearestName } from './nearest-name.ts'
import { hasReference, referenceFaults } from './references.ts'

/** More than this is no story. */
export const mostBytes = 1_048_576

/** However short the text, what it stands for must fit into the memory. */
const mostAliases = 100

export type Parsed =
  | { readonly body: ScenarioBody; readonly faults?: undefined }
  /** One line a fault: where, what was found, what was expected. */
  | { readonly body?: undefined; readonly faults: readonly string[] }

/** Reads a scenario. YAML holds JSON, so one parser reads both. */
export async function parseScenario(text: string): Promise<Parsed> {
  const { parseDocument, LineCounter, isMap, isNode } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ message }) => (message.split('\n')[0] ?? '').replace(/:$/, '')) }
  }
  const lineOf = ({ path, isKey }: Fault): number | undefined => {
    // What is missing is told of where it should stand.
    const node = isKey ? keyNode(document.getIn(path.slice(0, -1), true), path.at(-1)) : document.getIn(path, true)
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined
  }
  const keyNode = (map: unknown, name: string | undefined): unknown =>
    isMap(map) ? map.items.find(({ key }) => isNode(key) && key.toJSON() === name)?.key : undefined
  try {
    return await checkScenario(document.toJS({ maxAliasCount: mostAliases }), lineOf)
  } catch (error) {
    // An alias of nothing, or too many of aliases.
    if (error instanceof ReferenceError) return { faults: [error.message] }
    throw error
  }
}

/** Checks what was read; `lineOf` tells where in the text something stands. */
export async function checkScenario(
  value: unknown,
  lineOf: (fault: Fault) => number | undefined = () => undefined,
): Promise<Parsed> {
  const faults = await faultsOf(value)
  // The schemas have found nothing: it is one.
  if (faults.length === 0) return { body: value as ScenarioBody }
  return {
    faults: faults.map((fault) => {
      const line = lineOf(fault)
      const at = [...(line === undefined ? [] : [`line ${line}`]), fault.path.join('.')].filter((part) => part !== '')
      return [...at, fault.text].join(': ')
    }),
  }
}

async function faultsOf(value: unknown): Promise<readonly Fault[]> {
  const outline = await schemaFaults(ScenarioOutline, value, [])
  if (outline.length > 0) return outline
  // The outline has found nothing.
  const body = value as ScenarioBody
  const steps = (body.steps ?? []).entries()
  const inSteps = (await Promise.all(steps.map(([index, step]) => stepFaults(step, ['steps', String(index)])))).flat()
  if (inSteps.length > 0) return inSteps
  return [...meaningFaults(body, []), ...referenceFaults(body.steps ?? [])]
}

/** What every step may have, and what is therefore no verb that was written wrong. */
const common = ['name', 'note']

async function stepFaults(step: Step, path: readonly string[]): Promise<readonly Fault[]> {
  const verb = verbOf(step)
  if (verb !== undefined) return [...(await schemaFaults(stepSchemas[verb], step, path))]
  const found = verbs.filter((each) => each in step)
  if (found.length > 0) return [{ path, text: `found ${found.join(' and ')}, expected one of them in a step` }]
  const meant = Object.keys(step).find((key) => !common.includes(key) && nearestName(key, verbs) !== undefined)
  if (meant !== undefined) return [{ path: [...path, meant], isKey: true, text: unknownKey(meant, verbs) }]
  return [{ path, text: `found ${Object.keys(step).join(', ') || 'nothing'}, expected one of ${verbs.join(', ')}` }]
}

/** `expect` is a verb where it stands alone; beside another one it says what the answer has to hold. */
export function verbOf(step: object): Verb | undefined {
  const [verb, second] = verbs.filter((each) => each !== 'expect' && each in step)
  if (second !== undefined) return undefined
  return verb ?? ('expect' in step ? 'expect' : undefined)
}

/** What no schema knows: rules that could never act, and settings that no merchant has. */
function meaningFaults(body: ScenarioBody, path: readonly string[]): Fault[] {
  const places = [
    { at: path, part: body },
    ...(body.steps ?? []).map((step, index) => ({ at: [...path, 'steps', String(index)], part: step })),
  ]
  return places.flatMap(({ at, part }): Fault[] => {
    const rules = 'rules' in part ? part.rules : undefined
    const settings = 'settings' in part ? part.settings : undefined
    return [
      ...(rules ?? []).flatMap((rule, index) => told([...at, 'rules', String(index)], () => ruleOf(rule, 'scenario'))),
      ...told([...at, 'settings'], () => checkSettings(withoutReferences(settings ?? {}))),
    ]
  })
}

/** What a reference stands for is known in the run only: then the emulator itself says no. */
const withoutReferences = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !hasReference(value)))

function told(path: readonly string[], check: () => unknown): Fault[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ path, text: error.message }]
  }
}
