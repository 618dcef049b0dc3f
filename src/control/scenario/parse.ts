import { readDocument } from '../../text/document.ts'
import { type Fault, told } from '../../text/fault.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { Problem } from '../admin/problem.ts'
import { checkSettings } from '../admin/settings.ts'
import { ruleOf } from '../rules.ts'
import { schemaFaults, unknownKey } from './faults.ts'
import { type ScenarioBody, ScenarioOutline, type Step, stepSchemas, type Verb, verbs } from './format.ts'
import { hasReference, referenceFaults } from './references.ts'

export type Parsed =
  | { readonly body: ScenarioBody; readonly faults?: undefined }
  /** One line a fault: where, what was found, what was expected. */
  | { readonly body?: undefined; readonly faults: readonly string[] }

/** Reads a scenario. */
export async function parseScenario(text: string): Promise<Parsed> {
  const document = await readDocument(text)
  return document.faults ? document : checkScenario(document.value, document.lineOf)
}

/** Checks what was read; `lineOf` tells where in the text something stands. */
export async function checkScenario(
  value: unknown,
  lineOf: (fault: Fault) => number | undefined = () => undefined,
): Promise<Parsed> {
  const faults = await faultsOf(value)
  // The schemas have found nothing: it is one.
  if (faults.length === 0) return { body: value as ScenarioBody }
  return { faults: faults.map((fault) => told(fault, lineOf(fault))) }
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
      ...(rules ?? []).flatMap((rule, index) =>
        problemOf([...at, 'rules', String(index)], () => ruleOf(rule, 'scenario')),
      ),
      ...problemOf([...at, 'settings'], () => checkSettings(withoutReferences(settings ?? {}))),
    ]
  })
}

/** What a reference stands for is known in the run only: then the emulator itself says no. */
const withoutReferences = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !hasReference(value)))

function problemOf(path: readonly string[], check: () => unknown): Fault[] {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [{ path, text: error.message }]
  }
}
