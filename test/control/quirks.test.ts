import { expect, test } from 'vitest'
import { defaultQuirks, optionsOf, type Quirk, quirks } from '../../src/midtrans/quirks.ts'
import { startEmulator } from '../../src/testkit/index.ts'
import { basicAuth } from '../journeys/raw-request.ts'
import { emulatorOfFile, newShop, uuid } from '../midtrans/merchant.ts'
import { adminRequest } from './admin-request.ts'

// Issue: where sources about Midtrans disagree, the newest holds, and a setting chooses another; unauthorized_text holds
// for requests that open no sandbox, so it is a flag. test/control/quirk-options.test.ts shows what each option does.
const emulator = await emulatorOfFile()
let sandboxes = 0
const newKey = () => `SB-Mid-server-quirks-${++sandboxes}`
const patch = (key: string, chosen: unknown) =>
  adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { quirks: chosen } })
const settings = async (key: string) => (await adminRequest(emulator, 'settings', { key })).body

test('a person finds every quirk, what its options mean, who says so, and which one holds', async () => {
  const key = newKey()
  await patch(key, { status_text: 'found' })
  const { status, body } = await adminRequest(emulator, 'quirks', { key })
  expect(status).toBe(200)
  const expected = Object.entries<Quirk>(quirks).map(([name, { about, options }]) => ({
    name,
    about,
    set: name === 'status_text' ? 'found' : Object.keys(options)[0],
    default: Object.keys(options)[0],
    set_by: name === 'unauthorized_text' ? 'the flag --quirks, at the start' : expect.stringContaining('PATCH'),
    options,
  }))
  expect(body).toEqual(expected)
  for (const { about, options } of body) {
    expect(about).not.toBe('')
    expect(Object.keys(options).length).toBeGreaterThan(1)
    for (const option of Object.values(options)) {
      expect(option).toEqual({ means: expect.stringMatching(/\w/), source: expect.stringMatching(/\w/) })
    }
  }
})

test.each([
  [{ no_such_quirk: 'found' }, /quirks.*no_such_quirk/],
  [{ status_text: 'lost' }, /quirks\.status_text.*: is-found, found$/],
  [{ status_text: '' }, /quirks\.status_text.*: is-found, found$/],
  [{ status_text: null }, /quirks\.status_text.*: is-found, found$/],
  [{ expire_text: 'has-expired', status_text: 'lost' }, /quirks\.status_text.*: is-found, found$/],
  [{ blocked_payer: 'status-200' }, /quirks\.blocked_payer.*: status-410, status-402, status-202$/],
  [{ toString: 'found' }, /quirks.*toString/],
  [[], /quirks/],
  ['expire_text=has-expired', /quirks/],
])('the quirks %j are refused, and nothing of them is taken', async (chosen, detail) => {
  const key = newKey()
  expect(await patch(key, chosen)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(detail) } })
  expect((await settings(key)).quirks).toEqual(defaultQuirks)
})

test('a change of one quirk leaves the others, and the other settings', async () => {
  const key = newKey()
  await adminRequest(emulator, 'settings', { method: 'PATCH', key, body: { flow: 'app' } })
  await patch(key, { expire_text: 'has-expired', link_path: 'account' })
  await patch(key, { status_text: 'found' })
  await patch(key, { link_path: 'redirect' })
  await patch(key, {})
  const chosen = { ...defaultQuirks, expire_text: 'has-expired', status_text: 'found' }
  expect(await settings(key)).toMatchObject({ flow: 'app', quirks: chosen })
})

test('the quirks of one merchant are not those of another', async () => {
  const [key, other] = [newKey(), newKey()]
  await patch(key, { expire_text: 'has-expired' })
  expect((await settings(other)).quirks).toEqual(defaultQuirks)
})

test('quirks survive a reset', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { quirks: { status_text: 'found' } })
  await shop.admin.post('reset')
  expect(await shop.admin.get('settings')).toMatchObject({ quirks: { ...defaultQuirks, status_text: 'found' } })
})

test('what holds for requests that open no sandbox cannot be set in one', async () => {
  const key = newKey()
  expect(await patch(key, { unauthorized_text: 'access-denied', status_text: 'found' })).toMatchObject({
    status: 409,
    body: {
      detail: expect.stringMatching(/unauthorized_text/),
      hint: expect.stringMatching(/--quirks unauthorized_text=access-denied/),
    },
  })
  expect((await settings(key)).quirks).toEqual(defaultQuirks)
  // What GET answers can be sent back as it is.
  expect(await patch(key, (await settings(key)).quirks)).toMatchObject({ status: 200 })
})

// facts.md, section 5, code 401, and section 0: HTTP 200 in the recording of 2014.
const unauthorized: readonly (readonly [string | undefined, number, string, boolean])[] = [
  [undefined, 401, 'Unknown Merchant server_key/id', true],
  ['unauthorized_text=unknown-merchant', 401, 'Unknown Merchant server_key/id', true],
  [
    'unauthorized_text=cannot-be-authorized',
    401,
    'Transaction cannot be authorized with the current client/server key.',
    true,
  ],
  [
    'unauthorized_text=access-denied',
    200,
    'Access denied due to unauthorized transaction, please check client or server key',
    false,
  ],
]

test.each(unauthorized)(
  'an emulator with --quirks %s answers an unknown key with HTTP %i, %s',
  async (flag, http, status_message, hasId) => {
    await using other = await startEmulator({ quirks: flag })
    for (const headers of [{ authorization: basicAuth('nobody') }, {}]) {
      const response = await fetch(`${other.url}/v2/order-1/status`, { headers })
      expect(response.status).toBe(http)
      expect(await response.json()).toEqual({
        status_code: '401',
        status_message,
        ...(hasId && { id: expect.stringMatching(uuid) }),
      })
    }
  },
)

test('every option of the one quirk that is a flag is shown here', () => {
  const shown = unauthorized.flatMap(([flag = []]) => flag)
  expect(shown).toEqual(optionsOf('unauthorized_text').map((option) => `unauthorized_text=${option}`))
})

test('the flag sets the quirks of every sandbox, which can choose others', async () => {
  await using other = await startEmulator({ quirks: 'status_text=found, expire_text=has-expired' })
  const admin = other.admin(newKey())
  const flagged = { ...defaultQuirks, status_text: 'found', expire_text: 'has-expired' }
  expect(await admin.get('settings')).toMatchObject({ quirks: flagged })
  expect(await admin.patch('settings', { quirks: { status_text: 'is-found' } })).toMatchObject({
    quirks: { ...flagged, status_text: 'is-found' },
  })
  expect(await other.admin(newKey()).get('settings')).toMatchObject({ quirks: flagged })
})

test.each([
  ['status_text=lost', /^--quirks: status_text: found "lost", expected is-found, found$/],
  ['no_such_quirk=found', /^--quirks: no_such_quirk: found an unknown name, expected one of .*status_text/],
  ['status_txt=found', /^--quirks: status_txt: found an unknown name, did you mean status_text\?/],
  ['status_text', /^--quirks: status_text: found "", expected is-found, found$/],
  ['=found', /^--quirks: .*found an unknown name/],
  ['status_text=found=x', /^--quirks: status_text: found "found=x"/],
  ['status_text=found;', /^--quirks: status_text: found "found;"/],
])('an emulator does not start with --quirks "%s", and says what is expected', async (flag, says) => {
  await expect(startEmulator({ quirks: flag })).rejects.toThrow(says)
})
