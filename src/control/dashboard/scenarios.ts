import { namedScenario, scenarioTools } from '../admin/scenarios.ts'
import type { Scenario } from '../scenario/files.ts'
import { adminButton } from './button.ts'
import { listed } from './list.ts'
import type { View, Visit } from './visit.ts'

/** Those of the package stay as they are; reading all of them takes longer than a page may. */
let shipped: Promise<readonly Scenario[]> | undefined

async function readAll({ scenarioFolder }: Visit['sandboxes']): Promise<readonly Scenario[]> {
  const { ownFiles, readScenario, scenarioNames } = await scenarioTools()
  const read = (names: Iterable<string>) => Promise.all(Array.from(names, (name) => readScenario(name, scenarioFolder)))
  shipped ??= scenarioNames(undefined).then((names) => Promise.all(names.map((name) => readScenario(name))))
  const own = await read((await ownFiles(scenarioFolder)).keys())
  const isOwn = new Set(own.map(({ name }) => name))
  return [...own, ...(await shipped).filter(({ name }) => !isOwn.has(name))]
}

/** The stories that there are, one's own first. */
export async function scenarios(visit: Visit): Promise<View> {
  const { base, sandbox } = visit
  const [all, { hasReference }] = await Promise.all([readAll(visit.sandboxes), scenarioTools()])
  const { rows, list } = listed(visit, {
    all,
    textOf: ({ name, body: { title, story = '' } }) => [name, title, story].join(' '),
  })
  return {
    title: 'Scenarios',
    list,
    rows: rows.map((each) => ({
      name: each.name,
      href: `${base}/scenarios/${each.name}`,
      title: each.body.title,
      story: each.body.story,
      isLoaded: isLoaded(visit, each),
      buttons: [loadButton(each, hasReference), runButton(base, each)],
    })),
    unload: unloadButton(sandbox),
  }
}

/** One of them: the story, its steps, and how they went where it was just run. */
export async function scenario(visit: Visit): Promise<View> {
  const { name = '' } = visit.params
  const [found, { hasReference, scenarioText }] = await Promise.all([
    namedScenario(visit.sandboxes, name),
    scenarioTools(),
  ])
  const { title, story, steps = [] } = found.body
  return {
    title,
    story,
    name,
    isLoaded: isLoaded(visit, found),
    buttons: [
      runButton(visit.base, found),
      adminButton('Run, and keep its sandbox', 'run-keep', `scenarios/${name}/run?keep=true`),
      loadButton(found, hasReference),
      unloadButton(visit.sandbox),
    ],
    stepsThere: steps.length,
    written: await scenarioText(name, visit.sandboxes.scenarioFolder),
    /** What a step says to people besides its verb. */
    noteOf: (step: number) => steps[step - 1]?.note,
  }
}

type ScenarioTools = Awaited<ReturnType<typeof scenarioTools>>

function loadButton({ name, body }: Scenario, hasReference: ScenarioTools['hasReference']) {
  const { rules = [], payers = [], settings = {} } = body
  const isEmpty = rules.length + payers.length + Object.keys(settings).length === 0
  const isRunOnly = hasReference([settings, rules, payers])
  return adminButton('Load', 'load', 'scenario', {
    method: 'PUT',
    body: { name },
    why: isEmpty ? 'it has steps alone' : isRunOnly ? 'it means something in a run only' : undefined,
  })
}

const runButton = (base: string, { name, body: { steps = [] } }: Scenario) =>
  adminButton('Run', 'run', `scenarios/${name}/run`, {
    next: `${base}/scenarios/${name}`,
    tone: 'primary',
    why: steps.length === 0 ? 'it has no steps' : undefined,
  })

const ofScenario = (name: string) => `scenario:${name}`

/** As far as its rules tell: settings and payers do not know where they came from. */
const isLoaded = ({ sandbox }: Visit, { name }: Scenario): boolean =>
  sandbox.rules.all.some(({ source }) => source === ofScenario(name))

function unloadButton({ rules, state }: Visit['sandbox']) {
  const { id: _id, ...settings } = state.settings.get('scenario') ?? { id: 'scenario' }
  const hasSome = rules.all.some(({ source }) => source !== 'api') || Object.keys(settings).length > 0
  return adminButton('Unload', 'unload', 'scenario', {
    method: 'PUT',
    body: { name: null },
    why: hasSome ? undefined : 'no scenario is loaded',
  })
}
