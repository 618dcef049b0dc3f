import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestRun, runScenario } from '../../../src/client/scenarios.ts'
import { run } from '../../../src/control/scenario/run.ts'
import { startEmulator } from '../../../src/testkit/index.ts'
import { sandboxesOf } from '../../insides.ts'
import { openMerchant } from '../../journeys/merchant.ts'
import { emulatorOfFile } from '../../midtrans/merchant.ts'
import { adminRequest } from '../admin-request.ts'
import { openStandIn } from './stand-in.ts'
import { charge, link, linked } from './story.ts'

const emulator = await emulatorOfFile()
const failing = {
  title: 'Fails',
  steps: [
    { freeze: true, name: 'one' },
    { call: 'GET /v2/x/status', http: 404 },
  ],
}

test('a run tells of each step up to the first that fails, and why in a sentence', async () => {
  const steps = [...failing.steps, { resume: true }]
  const result = await requestRun(emulator, { title: 'Fails', steps })
  expect(result).toEqual({
    scenario: 'inline',
    title: 'Fails',
    passed: false,
    steps: [
      { step: 1, name: 'one', verb: 'freeze', passed: true, took_ms: expect.any(Number) },
      {
        step: 2,
        verb: 'call',
        passed: false,
        took_ms: expect.any(Number),
        found: expect.objectContaining({ status_code: '404' }),
        error: expect.stringMatching(/^http: expected 404, found 200/),
      },
    ],
    failure: expect.stringMatching(/^step 2 \(call\): http: expected 404, found 200/),
  })
  await expect(runScenario(emulator, failing)).rejects.toThrow(/^Fails: step 2 \(call\): http: expected 404, found 200/)
})

test('a story by name passes, and tells how it is called', async () => {
  expect(await runScenario(emulator, 'link-happy')).toMatchObject({ scenario: 'link-happy', passed: true })
  await expect(runScenario(emulator, 'no-such-story')).rejects.toThrow(/no-such-story: there is no such file/)
})

test('a reference to what the answer does not hold fails the step, and lists what there is', async () => {
  const steps = [link, { call: 'GET /v2/pay/account/${link.acount_id}' }]
  expect((await requestRun(emulator, { title: 'x', steps })).failure).toMatch(
    /^step 2 \(call\): \$\{link\.acount_id\}: found no "acount_id" in link, expected one of status_code, .*account_id/,
  )
})

test('what is no scenario is refused, and nothing is run', async () => {
  const bad = { title: 'x', steps: [{ cal: 'GET /' }] }
  const answer = await adminRequest(emulator, 'scenarios/run', { method: 'POST', body: bad })
  expect(answer).toMatchObject({
    status: 400,
    type: expect.stringContaining('application/problem+json'),
    body: { detail: expect.stringMatching(/^steps\.0\.cal: found the unknown key cal.*did you mean call\?$/) },
  })
  expect(await adminRequest(emulator, 'scenarios/run', { method: 'POST', body: [] })).toMatchObject({ status: 400 })
  expect(await adminRequest(emulator, 'scenarios/UPPER/run', { method: 'POST' })).toMatchObject({ status: 400 })
})

test('the sandbox of a run is gone after it, passed or not, unless somebody wants to look at it', async () => {
  await using own = await startEmulator()
  await requestRun(own, 'link-happy')
  await requestRun(own, failing)
  expect(sandboxesOf(own).all).toEqual([])
  const { server_key: key } = await requestRun(own, 'link-happy', { keep: true })
  expect(key).toMatch(/^SB-Mid-server-scenario-run-/)
  expect((await adminRequest(own, 'accounts', { key: key ?? '' })).body).toMatchObject([{ status: 'ENABLED' }])
  expect(sandboxesOf(own).all).toHaveLength(1)
})

test('a run changes nothing for anybody else, and nothing of others gets into it', async () => {
  await using own = await startEmulator({ scenario: 'charges-denied-for-low-balance' })
  const key = 'SB-Mid-server-bystander'
  await adminRequest(own, 'rules', { method: 'PUT', key, body: [{ match: { order_id: 'mine' }, outcome: '200' }] })
  const merchant = await openMerchant(own.url, key)
  await merchant.charge('mine', 1_000)
  const shown = async () => {
    // Without a key: the one sandbox that there is.
    const nouns = ['settings', 'rules', 'accounts', 'payers', 'notifications', 'ledger']
    return Promise.all(nouns.map(async (noun) => (await adminRequest(own, noun)).body))
  }
  const before = await shown()
  const underWay = requestRun(own, 'handler-down-five-hours')
  expect(await shown()).toEqual(before)
  expect(await underWay).toMatchObject({ passed: true })
  await requestRun(own, 'link-happy', { keep: true })
  expect(await shown()).toEqual(before)
  expect((await adminRequest(own, 'clock')).body).toMatchObject({ mode: 'running' })
})

test('eight runs at a time get on well', async () => {
  const names = [
    'link-happy',
    'handler-down-five-hours',
    'preauth-released-after-15-minutes',
    'settlement-before-pending',
  ]
  const results = await Promise.all([...names, ...names].map((name) => requestRun(emulator, name)))
  expect(results.map(({ failure }) => failure)).toEqual(Array(8).fill(undefined))
})

test('more than 32 at a time are turned away', async () => {
  await using own = await startEmulator()
  const waiting = { title: 'Waits', steps: [{ expect: { filter: { order_id: 'never' }, within: '2s' } }] }
  const runs = Array.from({ length: 33 }, () =>
    requestRun(own, waiting).then(
      ({ failure }) => failure,
      ({ message }: Error) => message,
    ),
  )
  const ends = await Promise.all(runs)
  expect(ends.filter((end) => end?.includes('32 runs under way'))).toHaveLength(1)
  expect(await requestRun(own, 'link-happy')).toMatchObject({ passed: true })
})

test('runs where only listed keys open a sandbox, and where the admin API wants a token', async () => {
  const flags = { keys: 'listed', 'server-keys': 'SB-Mid-server-listed', 'admin-token': 'sesame' }
  await using own = await startEmulator(flags)
  expect(await requestRun({ url: own.url, adminToken: 'sesame' }, 'link-happy')).toMatchObject({ passed: true })
  await expect(requestRun({ url: own.url }, 'link-happy')).rejects.toThrow(/no token/)
  const response = await fetch(`${own.url}/__admin/scenarios/link-happy/run`, {
    method: 'POST',
    headers: { authorization: 'Bearer sesame' },
  })
  expect(await response.json()).toMatchObject({ passed: true })
})

test('runs where notifications may go to certain hosts only', async () => {
  await using own = await startEmulator({ 'notification-hosts': 'shop.example', 'denied-notification-hosts': '127.*' })
  expect((await requestRun(own, 'link-happy')).failure).toBeUndefined()
})

test('leaves nothing in the data folder', async () => {
  const data = await mkdtemp(join(tmpdir(), 'runs-'))
  try {
    await using own = await startEmulator({ data })
    const before = await readdir(data)
    await requestRun(own, 'link-happy', { keep: true })
    expect(await readdir(data)).toEqual(before)
  } finally {
    await rm(data, { recursive: true })
  }
})

test('a run that takes too long, or that nobody waits for any more, ends and says so', async () => {
  await using standIn = await openStandIn((what) => (what.includes('/v2/') ? 'silent' : {}))
  const scenario = {
    name: 'x',
    body: { title: 'x', steps: [{ call: 'GET /v2/x/status', http: 'no-answer' as const }] },
  }
  const target = { url: standIn.url, serverKey: 'SB-Mid-server-x' }
  const gone = new AbortController()
  const late = run({ scenario, target: { ...target, signal: gone.signal }, longestMs: 300 })
  expect((await late).failure).toBe('step 1 (call): the time of the run is over')
  const left = run({ scenario, target: { ...target, signal: gone.signal } })
  gone.abort()
  expect((await left).failure).toMatch(/nobody waits for the run any more$/)
})

test('a client that goes away at any moment takes its run and its sandbox along', async () => {
  await using own = await startEmulator()
  const waiting = { title: 'Waits', steps: [{ expect: { filter: { order_id: 'never' }, within: '60s' } }] }
  for (let nth = 0; nth < 10; nth++) {
    const gone = new AbortController()
    const asked = fetch(`${own.url}/__admin/scenarios/run`, {
      method: 'POST',
      body: JSON.stringify(waiting),
      signal: gone.signal,
    }).catch(() => 'gone')
    await expect.poll(() => sandboxesOf(own).all.length, { interval: 1, timeout: 10_000 }).toBe(1)
    gone.abort()
    expect(await asked).toBe('gone')
    await expect.poll(() => sandboxesOf(own).all.length, { interval: 1, timeout: 10_000 }).toBe(0)
  }
})

test('the key of a run opens no sandbox once the run is over', async () => {
  await using own = await startEmulator({ keys: 'any' })
  const steps = [{ advance: '${server_key}' }]
  const { failure = '' } = await requestRun(own, { title: 'x', steps })
  const key = /found "(SB-Mid-server-[\w-]+)"/.exec(failure)?.[1] ?? ''
  expect(key).not.toBe('')
  expect(await adminRequest(own, 'clock', { key })).toMatchObject({ status: 401 })
  expect(sandboxesOf(own).all).toEqual([])
})

test('an emulator that cannot be reached is told of before the first step', async () => {
  const scenario = { name: 'x', body: { title: 'x', steps: [{ next: true as const }] } }
  const signal = new AbortController().signal
  const result = await run({ scenario, target: { url: 'http://127.0.0.1:9', serverKey: 'x', signal } })
  expect(result).toMatchObject({
    passed: false,
    steps: [],
    failure: expect.stringMatching(/^before the first step .*answer/),
  })
})

test('whatever amounts are charged, in any order, each is paid or asked for, and told of once', async () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(amounts, async (list) => {
      const statusOf = (amount: number) => (amount < 100_000 ? 'settlement' : 'pending')
      const charges = list.map((amount, index) =>
        charge(`o${index}`, amount, { expect: { transaction_status: statusOf(amount) } }),
      )
      const told = list.map((amount, index) => ({
        order_id: `o${index}-\${run}`,
        transaction_status: statusOf(amount),
      }))
      const steps = [...linked, ...charges, { received: [{ account_status: 'ENABLED' }, ...told] }]
      expect((await requestRun(emulator, { title: 'Any', steps })).failure).toBeUndefined()
    }),
    { numRuns: 15 },
  )
})
