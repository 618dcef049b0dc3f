import { describe, expect, test } from 'vitest'
import { requestRun } from '../../../src/client/scenarios.ts'
import { run } from '../../../src/control/scenario/run.ts'
import { emulatorOfFile } from '../../midtrans/merchant.ts'
import { openStandIn } from './stand-in.ts'
import { account, charge, link, linked, walk } from './story.ts'

const emulator = await emulatorOfFile()
const runSteps = (steps: readonly object[], more: object = {}) =>
  requestRun(emulator, { title: 'A story', ...more, steps })
const failureOf = async (...steps: readonly object[]) => (await runSteps(steps)).failure

describe('call', () => {
  const badKey = { call: 'GET /v2/x/status', headers: { Authorization: 'Basic eDo=' } }

  test('takes the status that is named, and otherwise only a success', async () => {
    expect(await failureOf({ ...badKey, http: 401 })).toBeUndefined()
    expect(await failureOf(badKey)).toMatch(
      /^step 1 \(call\): http: expected 200 to 299, found 401 \(.+\); where that is meant, the step says http: 401$/,
    )
    expect(await failureOf({ ...badKey, http: 404 })).toMatch(/http: expected 404, found 401/)
    expect(await failureOf({ ...badKey, http: 'no-answer' })).toMatch(/http: expected no-answer, found 401/)
  })

  test('sends no key where the merchant forgets it, and a text as it is', async () => {
    expect(
      await failureOf(
        { call: 'GET /v2/x/status', headers: { authorization: null }, http: 401, expect: { status_code: '401' } },
        { call: 'POST /v2/charge', body: '{"half', expect: { status_code: '413' } },
      ),
    ).toBeUndefined()
  })

  test('reaches the admin API, whose refusals are told', async () => {
    expect(await failureOf({ call: 'GET /__admin/clock', expect: { mode: 'frozen' } })).toBeUndefined()
    expect(await failureOf({ call: 'PATCH /__admin/settings', body: { flow: 'x' } })).toMatch(/found 400 \(flow must/)
  })

  test('may name an address of the emulator, and no other', async () => {
    const foreign = [
      { settings: { finish_redirect_url: 'http://shop.example/' }, name: 'shop' },
      { call: 'GET ${shop.finish_redirect_url}' },
    ]
    expect(await failureOf(link, { call: 'GET ${link.actions[activation-link-url].url}', http: 303 })).toBeUndefined()
    expect(await failureOf(...foreign)).toMatch(
      /^step 2 \(call\): found http:\/\/shop\.example, expected an address of/,
    )
    expect(await failureOf({ call: 'GET //shop.example/' })).toMatch(/found http:\/\/shop\.example/)
    expect(await failureOf({ walk: 'http://shop.example/' })).toMatch(/^step 1 \(walk\): found http:\/\/shop\.example/)
  })

  test('that the emulator breaks off is one without an answer', async () => {
    await using standIn = await openStandIn((what) => (what.includes('/v2/') ? 'broken' : {}))
    const result = async (http?: string) => {
      const scenario = { name: 'x', body: { title: 'x', steps: [{ call: 'GET /v2/x/status', ...(http && { http }) }] } }
      return runAt(standIn.url, scenario.body)
    }
    expect((await result()).failure).toMatch(/http: expected an answer, found none: the connection broke off/)
    expect((await result('no-answer')).passed).toBe(true)
  })
})

const runAt = (url: string, body: object) =>
  run({
    // A stand-in is asked whatever it is: the steps are checked elsewhere.
    scenario: { name: 'x', body: body as never },
    target: { url, serverKey: 'SB-Mid-server-x', signal: new AbortController().signal },
  })

describe('walk', () => {
  test('tells which questions were asked, and how it ended', async () => {
    const steps = [link, { ...walk, expect: { steps: ['consent', 'otp', 'pin'], ending: 'linked', returned_to: null } }]
    expect(await failureOf(...steps)).toBeUndefined()
    expect(await failureOf(link, { ...walk, expect: { ending: 'failed' } })).toMatch(
      /^step 2 \(walk\): ending: expected "failed", found "linked"$/,
    )
  })

  test('types what it is told to, declines, leaves, and goes on', async () => {
    expect(
      await failureOf(
        link,
        { ...walk, name: 'wrong', otp: '000000', expect: { steps: ['consent', 'otp'], ending: null } },
        { walk: '${wrong.url}', name: 'left', leave_at: 'pin', expect: { steps: ['otp'] } },
        { walk: '${left.url}', decline_at: 'pin', expect: { steps: ['pin'], ending: 'declined' } },
      ),
    ).toBeUndefined()
  })

  test('signs up under a name, and pays plain GoPay with a phone', async () => {
    const newcomer = { phone_number: '8999000111', country_code: '62' }
    const plain = {
      payment_type: 'gopay',
      transaction_details: { order_id: 'plain-${run}', gross_amount: 5_000 },
    }
    expect(
      await failureOf(
        { ...link, body: { payment_type: 'gopay', gopay_partner: newcomer } },
        { ...walk, payer_name: 'Budi', pin: '445566', expect: { steps: ['name', 'otp', 'new_pin'], ending: 'linked' } },
        { call: 'GET /__admin/payers?phone=628999000111', expect: [{ name: 'Budi', met: true }] },
        { call: 'POST /v2/charge', name: 'plain', body: plain },
        {
          walk: '${plain.actions[deeplink-redirect].url}',
          phone: '628999000111',
          pin: '445566',
          expect: { ending: 'paid' },
        },
      ),
    ).toBeUndefined()
  })
})

describe('time', () => {
  test('stands still on the same morning in every run, and moves by steps only', async () => {
    expect(
      await failureOf(
        { call: 'GET /__admin/clock', expect: { mode: 'frozen', midtrans_time: '2026-01-05 09:00:00' } },
        { advance: '15m', expect: { midtrans_time: '2026-01-05 09:15:00', happened: [] } },
        { set: '2026-01-06T00:00:00+07:00', expect: { midtrans_time: '2026-01-06 00:00:00' } },
        { resume: true, expect: { mode: 'running' } },
        { freeze: true, expect: { mode: 'frozen' } },
      ),
    ).toBeUndefined()
  })

  test('that is no time is told by the step', async () => {
    expect(await failureOf({ advance: 'soon' })).toMatch(/^step 1 \(advance\): by: found "soon", expected e\.g\. "5m"/)
    expect(await failureOf(...linked, { set: '2020-01-01T00:00:00Z' })).toMatch(/^step 4 \(set\): .*before.*reset/)
  })
})

describe('rules, settings, payer', () => {
  test('hold from that step on', async () => {
    expect(
      await failureOf(
        ...linked,
        charge('one', 1_000, { expect: { transaction_status: 'settlement' } }),
        { rules: [{ match: { order_id: 'two-${run}' }, outcome: 'deny:201' }] },
        charge('two', 1_000, { expect: { transaction_status: 'deny' } }),
        { settings: { flow: 'app' }, name: 'settings' },
        { call: 'GET /__admin/settings', expect: { flow: '${settings.flow}' } },
        { payer: { phone: '628555000111', balance: 5 } },
        { call: 'GET /__admin/payers?phone=628555000111', expect: [{ options: [{ balance: 5 }] }] },
      ),
    ).toBeUndefined()
  })

  test('and those at the head of the file hold from the beginning', async () => {
    const head = {
      payers: [{ phone: '628555000111', balance: 70_000, pin: '445566' }],
      settings: { flow: 'app', payment_notification_url: '${merchant.url}mine' },
      rules: [{ match: { operation: 'charge' }, outcome: 'ask-pin' }],
    }
    const partner = { phone_number: '8555000111', country_code: '62' }
    const steps = [
      { ...link, body: { payment_type: 'gopay', gopay_partner: partner } },
      { walk: '${link.actions[activation-link-app].url}', pin: '445566', expect: { ending: 'linked' } },
      account,
      charge('one', 1_000, { expect: { transaction_status: 'pending' } }),
      {
        received: [
          { account_status: 'ENABLED', path: '/' },
          { transaction_status: 'pending', path: '/mine' },
        ],
      },
      { call: 'GET ${url}/__admin/settings', expect: { flow: 'app' } },
    ]
    expect((await runSteps(steps, head)).failure).toBeUndefined()
  })

  test('that cannot be had are told before the first step', async () => {
    await expect(runSteps([], { payers: [{ phone: '628555000111', pin: '12' }] })).rejects.toThrow(
      /payers\.0\.pin: found "12"/,
    )
    const settings = { quirks: { unauthorized_text: 'access-denied' } }
    expect(await runSteps([{ freeze: true }], { settings })).toMatchObject({
      passed: false,
      steps: [],
      failure: expect.stringMatching(/^before the first step \(settings\): unauthorized_text holds for requests that/),
    })
  })
})

describe('merchant and received', () => {
  test('the handler answers as it is told, one answer after the other, and the last one stays', async () => {
    expect(
      await failureOf(
        ...linked,
        { received: [{ account_id: '${link.account_id}', signed: true }] },
        { merchant: { answers: [500, 500, 200] } },
        charge('one', 1_000),
        { received: [{ transaction_status: 'settlement' }] },
        { advance: '2m' },
        { received: [{ order_id: 'one-${run}' }] },
        { advance: '10m' },
        { received: [] },
        { call: 'GET /__admin/notifications?order_id=one-${run}', expect: [{ state: 'failed' }] },
        charge('two', 1_000),
        { received: [{ order_id: 'two-${run}', signed: true }] },
      ),
    ).toBeUndefined()
  })

  test('a handler that is down gets nothing, until it is up again', async () => {
    expect(
      await failureOf(
        ...linked,
        { received: [{}] },
        { merchant: { answers: ['down', 'down', 200] } },
        charge('one', 1_000),
        { advance: '2m' },
        { received: [] },
        { advance: '10m' },
        { received: [{ order_id: 'one-${run}' }], name: 'told' },
        { call: 'GET /v2/${told.0.transaction_id}/status', expect: { order_id: '${told.0.order_id}' } },
      ),
    ).toBeUndefined()
  })

  test('too many, too few, others and badly signed ones are told', async () => {
    expect(await failureOf(...linked, { received: [] })).toMatch(
      /^step 4 \(received\): expected 0 notifications, found 1: [0-9a-f-]{36} ENABLED$/,
    )
    expect(await failureOf(link, { received: [{}] })).toMatch(/expected 1 notifications, found none$/)
    expect(await failureOf(...linked, { received: [{ account_status: 'DISABLED', signed: false }] })).toMatch(
      /0\.account_status: expected "DISABLED", found "ENABLED"; 0\.signed: expected false, found true/,
    )
    const wrong = { rules: [{ match: { operation: 'notification' }, outcome: 'wrong-signature' }] }
    const cut = { rules: [{ match: { operation: 'notification' }, outcome: 'cut:5' }] }
    expect(await failureOf(wrong, ...linked, { received: [{ signed: false }] })).toBeUndefined()
    expect(await failureOf(cut, ...linked, { received: [{ text: '{"*', signed: false }] })).toBeUndefined()
  })

  test('where time goes by itself, what comes a moment later is waited for', async () => {
    const late = { rules: [{ match: { operation: 'notification' }, outcome: 'delay:300ms' }] }
    expect(
      await failureOf(late, { resume: true }, ...linked, { received: [{ account_status: 'ENABLED' }] }),
    ).toBeUndefined()
  })
})

describe('expect', () => {
  test('passes with what arrived, and fails with the nearest misses', async () => {
    const enabled = { expect: { notification: { account_status: 'ENABLED' } }, name: 'seen' }
    const body = { note: '${seen.found}' }
    const seen = { call: 'POST /__admin/signature/sign', body: { ...body, order_id: 'x', status_code: '1' }, http: 400 }
    expect(await failureOf(...linked, enabled, seen)).toBeUndefined()
    const missing = { expect: { notification: { account_status: 'DISABLED' }, within: '1ms' } }
    expect(await failureOf(...linked, missing)).toMatch(/^step 4 \(expect\): Found 0 notifications.*Nearest: account/)
  })
})

test('each verb of the tester is one request of the admin API', async () => {
  await using standIn = await openStandIn()
  const steps = [
    { advance: '1m' },
    { next: true },
    { set: '2026-12-01T09:00:00Z' },
    { freeze: true },
    { resume: true },
    { simulate: 'deny', id: 'order-${run}', code: '112', name: 'denied', note: 'x', expect: {} },
    { rules: [] },
    { settings: { flow: 'app' } },
    { payer: { phone: '628555000111' } },
    { expect: { transaction: { id: '${url}' } } },
  ]
  const result = await runAt(standIn.url, { title: 'x', steps })
  expect(result.failure).toBeUndefined()
  const isSettling = ({ what, body }: (typeof standIn.asked)[number]) =>
    what.endsWith('/clock/advance') && JSON.stringify(body) === '{"by":"0s"}'
  const asked = standIn.asked.filter((each) => !isSettling(each)).map(({ what, body }) => [what, body])
  expect(asked.slice(0, 3).map(([what]) => what)).toEqual([
    'POST /__admin/clock/freeze',
    'POST /__admin/clock/set',
    'PATCH /__admin/settings',
  ])
  expect(asked.slice(3)).toEqual([
    ['POST /__admin/clock/advance', { by: '1m' }],
    ['POST /__admin/clock/next', undefined],
    ['POST /__admin/clock/set', { to: '2026-12-01T09:00:00Z' }],
    ['POST /__admin/clock/freeze', undefined],
    ['POST /__admin/clock/resume', undefined],
    ['POST /__admin/simulate/deny', { id: expect.stringMatching(/^order-[\w-]{21}$/), code: '112' }],
    ['PUT /__admin/rules', []],
    ['PATCH /__admin/settings', { flow: 'app' }],
    ['PUT /__admin/payers', { phone: '628555000111' }],
    ['POST /__admin/expect', { transaction: { id: standIn.url } }],
  ])
})
