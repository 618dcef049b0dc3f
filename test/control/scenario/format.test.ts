import { expect, test } from 'vitest'
import { mostSteps, stepSchemas, verbs } from '../../../src/control/scenario/format.ts'
import { checkScenario, parseScenario, verbOf } from '../../../src/control/scenario/parse.ts'

const faultsIn = async (text: string) => (await parseScenario(text)).faults ?? []

test.each([
  ['rulez: []', 'line 2: rulez: found the unknown key rulez, expected one of $schema, title,', 'did you mean rules?'],
  ['story: 3', 'line 2: story: found 3, expected a text'],
  ['steps: 3', 'line 2: steps: found 3, expected a list'],
  [
    'rules:\n  - match: { operation: fly }\n    outcome: deny',
    'line 3: rules.0.match.operation: found "fly", expected one of link, ',
  ],
  [
    'rules:\n  - match: {}\n    outcom: deny',
    'line 4: rules.0.outcom: found the unknown key outcom',
    'did you mean outcome?',
  ],
  [
    'rules:\n  - match: { amount: { mn: 3 } }\n    outcome: deny',
    'rules.0.match.amount: found {"mn":3}, expected a whole',
  ],
  ['rules:\n  - match: {}\n    outcome: maybe', 'line 3: rules.0: outcome: found "maybe", expected for a '],
  ['settings: { flwo: app }', 'line 2: settings.flwo: found the unknown key flwo', 'did you mean flow?'],
  ['settings:\n  payment_notification_url: shop', 'settings: payment_notification_url: found "shop", expected an http'],
  ['payers: [{ phone: abc }]', 'line 2: payers.0.phone: found "abc", expected a text such as 628123456789'],
  ['steps:\n  - cal: GET /v2/x/status', 'line 3: steps.0.cal: found the unknown key cal', 'did you mean call?'],
  ['steps:\n  - name: x', 'line 3: steps.0: found name, expected one of call, walk, advance'],
  ['steps:\n  - { note: x, body: {} }', 'line 3: steps.0: found note, body, expected one of call'],
  ['steps: *nothing', 'nothing'],
  ['steps:\n  - {}', 'line 3: steps.0: found nothing, expected one of call, walk'],
  ['steps:\n  - call: GET /v2/x/status\n    walk: x', 'line 3: steps.0: found call and walk, expected one of them'],
  ['steps:\n  - call: DROP /v2/x', 'steps.0.call: found "DROP /v2/x", expected a text such as POST /v2/charge'],
  [
    'steps:\n  - call: GET /v2/x/status\n    http: 99',
    'line 4: steps.0.http: found 99, expected a whole number',
    'no-answer',
  ],
  ['steps:\n  - next: false', 'line 3: steps.0.next: found false, expected true'],
  ['steps:\n  - walk: x\n    decline_at: door', 'steps.0.decline_at: found "door", expected one of phone, consent'],
  ['steps:\n  - merchant: { answers: [500, dwn] }', 'steps.0.merchant.answers: found [500,"dwn"], expected a whole'],
  ['steps:\n  - rules:\n      - match: {}\n        outcome: x', 'line 4: steps.0.rules.0: outcome: found "x"'],
  ['steps:\n  - settings: { seed: "a b" }', 'line 3: steps.0.settings: seed: found "a b"'],
  [
    'steps:\n  - call: GET /v2/${charge.id}/status\n    name: later\n  - walk: ${later.url}',
    'line 3: steps.0: found ${charge}, expected one of merchant, run, server_key, url: names of earlier steps',
  ],
  [
    'steps:\n  - next: true\n    name: merchant',
    'line 4: steps.0.name: found merchant, which stands for something else',
  ],
  [
    'steps:\n  - { next: true, name: one }\n  - { next: true, name: one }',
    'line 4: steps.1.name: found one, which stands for something else already',
  ],
  ['steps:\n  - next: true\n    name: Charge', 'line 4: steps.0.name: found "Charge", expected a text such as charge'],
])('a tester who writes %j is told what is wrong with it', async (text, ...parts) => {
  const faults = await faultsIn(`title: A story\n${text}\n`)
  for (const part of parts) expect(faults.join('\n')).toContain(part)
})

test('a scenario needs a title, and is no list', async () => {
  expect(await faultsIn('rules: []')).toEqual(['line 1: found no title, expected a text of up to 200 characters'])
  expect(await faultsIn('- title: x')).toEqual([
    expect.stringContaining('found [{"title":"x"}], expected an object with'),
  ])
})

test('all that is wrong is told at once, each with its line', async () => {
  const steps = Array.from({ length: 30 }, () => '  - { advance: 5 }').join('\n')
  const faults = await faultsIn(`title: A story\nsteps:\n${steps}`)
  expect(faults).toHaveLength(30)
  expect(faults[29]).toBe('line 32: steps.29.advance: found 5, expected a text such as 15m of up to 2000 characters')
})

test('what is no YAML is told with its line', async () => {
  expect((await faultsIn('title: A\nsteps: ['))[0]).toMatch(/line 2/)
  expect((await faultsIn('title: A\ntitle: B'))[0]).toMatch(/unique.*line 2/)
})

test('references in notes are no references, and built-in ones are always there', async () => {
  const text = 'title: A\nsteps:\n  - { next: true, note: "as ${nobody} knows" }\n  - call: GET /v2/${run}/status\n'
  expect(await faultsIn(text)).toEqual([])
})

test(`a scenario has up to ${mostSteps} steps`, async () => {
  const ofLength = (length: number) =>
    checkScenario({ title: 'A', steps: Array.from({ length }, () => ({ next: true })) })
  expect((await ofLength(mostSteps)).faults).toBeUndefined()
  expect((await ofLength(mostSteps + 1)).faults?.[0]).toMatch(/^steps: found .*expected a list of up to 200 entries/)
})

test('a file of aliases upon aliases is refused before it fills the memory', async () => {
  const bomb = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`)}]`).join('\n')
  await expect(faultsIn(`a0: &a0 x\n${bomb}`)).resolves.toEqual([expect.stringMatching(/alias/)])
})

test('each verb is found by its own key, and expect also where it stands alone', () => {
  for (const verb of verbs) expect(verbOf({ [verb]: 1, name: 'x', note: 'y' })).toBe(verb)
  for (const verb of verbs)
    if ('expect' in stepSchemas[verb].properties) expect(verbOf({ [verb]: 1, expect: 1 })).toBe(verb)
  expect(verbOf({ name: 'x' })).toBeUndefined()
})
