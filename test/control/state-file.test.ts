import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { admin as adminOf } from '../../src/client/admin.ts'
import { openInbox, payer, startEmulator, type TestEmulator } from '../../src/testkit/index.ts'
import { coreApi } from '../core-api.ts'
import { sandboxesOf } from '../insides.ts'
import { runCommand } from '../journeys/command.ts'
import { linkIn, merchantOf, openMerchant } from '../journeys/merchant.ts'
import { adminRequest, withoutNearMisses } from './admin-request.ts'

const [key, otherKey] = ['SB-Mid-server-file', 'SB-Mid-server-file-other']
const root = await mkdtemp(join(tmpdir(), 'emulator-file-'))
afterAll(() => rm(root, { recursive: true }))
let files = 0
const newPath = () => join(root, String(++files))

const nouns = ['clock', 'clock/upcoming', 'settings', 'rules', 'accounts', 'notifications', 'ledger']
const everything = async (emulator: { url: string }, serverKey: string) =>
  withoutNearMisses(await Promise.all(nouns.map((noun) => adminOf(emulator.url, serverKey).get(noun))))

const importFile = (emulator: { url: string }, body: unknown) =>
  adminRequest(emulator, 'import', { method: 'POST', body })

/** One merchant whose clock stands still in the middle of things. */
async function tell(emulator: TestEmulator, serverKey: string) {
  const admin = emulator.admin(serverKey)
  await admin.freeze()
  await admin.post('clock/set', { to: '2031-05-06T07:00:00Z' })
  await admin.put('rules', [{ match: { order_id: 'denied' }, outcome: 'deny:112', times: 2 }])
  const merchant = await openMerchant(emulator.url, serverKey)
  await merchant.charge('paid', 50_000)
  await merchant.charge('denied', 1_000)
  const link = linkIn(await merchant.charge('waiting', 150_000), 'verification-link-url')
  await admin.advance('1m')
  return { merchant, link }
}

test('a state goes to another process as a file, and all goes on there with the same answers', async () => {
  await using first = await startEmulator({ seed: '1' })
  const { merchant, link } = await tell(first, key)
  await tell(first, otherKey)
  const { body: file } = await adminRequest(first, 'export')
  expect(file).toMatchObject({ format: 'midtrans-emulator', version: 1 })
  expect(file.sandboxes.map(({ server_key }: { server_key: string }) => server_key)).toEqual([key, otherKey])

  await using second = await startEmulator({ seed: '1' })
  const imported = await importFile(second, file)
  expect(imported).toMatchObject({ status: 200, body: [{ accounts: 1, transactions: 3 }, { transactions: 3 }] })
  expect(JSON.stringify(imported.body)).not.toContain(otherKey)
  for (const each of [key, otherKey]) expect(await everything(second, each)).toEqual(await everything(first, each))
  const both = [first, second].map(({ url }) => merchantOf(coreApi(url, key), merchant.accountId))
  const later = both.map(async (each) => [
    await each.status('paid'),
    await each.api.post('/v2/paid/refund', {}),
    await each.charge('denied', 1_000),
    await each.charge('paid', 1_000),
    await each.charge('denied', 1_000),
  ])
  const [told, toldAgain] = await Promise.all(later)
  expect(toldAgain).toEqual(told)
  expect((await payer.walk(second.url + new URL(link).pathname)).returnedTo).toContain('order_id=waiting')
  expect(await both[1]?.status('waiting')).toMatchObject({ transaction_status: 'settlement' })
  expect(await both[0]?.status('waiting')).toMatchObject({ transaction_status: 'pending' })
})

test('a sandbox in a file takes the place of the one with its key; others stay', async () => {
  await using emulator = await startEmulator()
  const { merchant } = await tell(emulator, key)
  const only = (await adminRequest(emulator, 'export', { key })).body
  expect(only.sandboxes).toHaveLength(1)
  const before = await everything(emulator, key)
  const other = await tell(emulator, otherKey)
  const { merchant_id } = (await emulator.admin(otherKey).get('settings')) as { merchant_id: string }
  const named = (await adminRequest(emulator, `export?sandbox=${merchant_id}`)).body
  expect(named.sandboxes).toMatchObject([{ server_key: otherKey }])

  await merchant.charge('after', 50_000)
  await other.merchant.charge('after', 50_000)
  await emulator.admin(key).advance('2d')
  expect((await importFile(emulator, only)).status).toBe(200)
  expect(await everything(emulator, key)).toEqual(before)
  expect(await other.merchant.status('after')).toMatchObject({ transaction_status: 'settlement' })
})

test('a running clock goes on from where it stood when the file was made', async () => {
  await using emulator = await startEmulator()
  const admin = emulator.admin(key)
  await admin.post('clock/set', { to: '2031-05-06T07:00:00Z' })
  const file = (await adminRequest(emulator, 'export', { key })).body
  await admin.advance('30d')
  await importFile(emulator, file)
  const { mode, now } = (await admin.get('clock')) as { mode: string; now: string }
  expect(mode).toBe('running')
  expect(Math.abs(Date.parse(now) - Date.UTC(2031, 4, 6, 7))).toBeLessThan(60_000)
})

const good = { server_key: key, now: 1, records: {} }
const file = (...sandboxes: unknown[]) => ({ format: 'midtrans-emulator', version: 1, sandboxes })
const holding = (records: unknown) => file(good, { server_key: otherKey, now: 1, records })
const stored = (collection: string, ...entities: unknown[]) => holding({ [collection]: entities })

test.each([
  ['no JSON', 'not json', 400, 'not JSON'],
  ['another format', { ...file(), format: 'other' }, 400, 'midtrans-emulator'],
  ['another version', { ...file(), version: 2 }, 400, 'version'],
  ['no list', { ...file(), sandboxes: {} }, 400, 'sandboxes'],
  ['a sandbox without a time', file(good, { server_key: otherKey, records: {} }), 400, 'now'],
  ['an unknown collection', stored('wallets'), 400, 'records.wallets'],
  ['an identity', stored('identity', { id: 'identity' }), 400, 'records.identity'],
  ['an entity without id', stored('holds', { id: 'a', filter: {} }, { filter: {} }), 400, 'records.holds.1'],
  ['an entity that is none', stored('accounts', null), 400, 'records.accounts.0'],
  ['two entities with one id', stored('holds', { id: 'a', filter: {} }, { id: 'a', filter: {} }), 400, 'another one'],
  ['a message without body', stored('notifications', { id: 'a' }), 400, 'records.notifications.0.event'],
  [
    'a clock without speed',
    stored('clock', { id: 'clock', mode: 'running', at: 1, since: 1 }),
    400,
    'cannot be opened',
  ],
  ['one key twice', file(good, good), 400, 'twice'],
  ['a key that opens nothing', file(good, { ...good, server_key: 'nothing-like-it' }), 409, 'expected one like'],
])('a file with %s is refused, and nothing has changed', async (_what, body, status, detail) => {
  await using emulator = await startEmulator()
  await tell(emulator, key)
  const before = await everything(emulator, key)
  const refused = await importFile(emulator, body)
  expect(refused).toMatchObject({ status, body: { status, detail: expect.stringContaining(detail) } })
  expect(await everything(emulator, key)).toEqual(before)
  expect((await adminRequest(emulator, 'sandboxes')).body).toHaveLength(1)
})

test('a long file is taken, by this endpoint alone', async () => {
  await using emulator = await startEmulator()
  const holds = [{ id: 'h', filter: { order_id: 'x'.repeat(2_000_000) } }]
  expect(await importFile(emulator, file({ ...good, records: { holds } }))).toMatchObject({ status: 200 })
  const body = { filter: { order_id: 'x'.repeat(2_000_000) } }
  expect(await adminRequest(emulator, 'gate/hold', { method: 'POST', key, body })).toMatchObject({ status: 413 })
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'after %s all stands in a file, with which the next one begins',
  async (signal) => {
    await using inbox = await openInbox()
    const path = newPath()
    await using first = runCommand(['--port', '0', '--export-on-exit', path])
    const url = await first.ready
    const admin = adminOf(url, key)
    await admin.freeze()
    const merchant = await openMerchant(url, key)
    await merchant.charge('paid', 50_000)
    inbox.answer(() => 503)
    await admin.patch('settings', { payment_notification_url: inbox.url })
    await merchant.charge('told', 1_000)
    await admin.advance('0s')
    const before = await everything({ url }, key)
    expect(await first.end(signal)).toMatchObject({ code: 0, stderr: '' })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(root)).not.toContain(`${path}.tmp`)

    await using second = runCommand(['--port', '0', '--import', path])
    const secondUrl = await second.ready
    expect(await everything({ url: secondUrl }, key)).toEqual(before)
    expect(await merchantOf(coreApi(secondUrl, key), merchant.accountId).balance()).toBe('7949000.00')
  },
)

test('what was imported at the start is kept with --data', async () => {
  const [path, data] = [newPath(), newPath()]
  await using first = await startEmulator({ 'export-on-exit': path })
  const { merchant } = await tell(first, key)
  await first.close()
  await using second = await startEmulator({ data, import: path })
  await second.close()
  await using third = await startEmulator({ data })
  expect(await merchantOf(coreApi(third.url, key), merchant.accountId).balance()).toBe('7950000.00')
})

test('a file that cannot be read ends the start, and opens nothing', async () => {
  const [path, data] = [newPath(), newPath()]
  for (const [text, says] of [
    [undefined, 'cannot read'],
    ['{', 'is not JSON'],
    ['{"format":"other"}', 'format'],
    [JSON.stringify(stored('wallets')), 'records.wallets'],
  ] as const) {
    if (text !== undefined) await writeFile(path, text)
    const { code, stdout, stderr } = await runCommand(['--port', '0', '--data', data, '--import', path]).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^midtrans-emulator: [^\n]+\n$/)
    expect(stderr).toContain(says)
  }
  await using after = await startEmulator({ data })
  expect(sandboxesOf(after).all).toEqual([])
})

test('an export that cannot be written is told of, and keeps nothing from ending', async () => {
  const path = join(newPath(), 'missing', 'file.json')
  await using command = runCommand(['--port', '0', '--export-on-exit', path])
  await command.ready
  const { code, stderr } = await command.end('SIGTERM')
  expect(code).toBe(1)
  expect(stderr).toContain(`cannot write ${path} (ENOENT)`)
})

test('an export replaces the one before it', async () => {
  const path = newPath()
  for (const serverKey of [key, otherKey]) {
    await using emulator = await startEmulator({ 'export-on-exit': path })
    await openMerchant(emulator.url, serverKey)
  }
  const { sandboxes } = JSON.parse(await readFile(path, 'utf8'))
  expect(sandboxes).toMatchObject([{ server_key: otherKey }])
})

const spoiled: readonly (readonly [collection: string, entity: object, fault: RegExp])[] = [
  ['timers', { id: 'a', kind: 'k', subject: 'x', dueAt: 1 }, /timers\.0\.kind: found k in the timer a/],
  ['timers', { id: 'toString:x', kind: 'toString', subject: 'x', dueAt: 1 }, /kind: found toString/],
  ['timers', { id: 'payer-walk:x', kind: 'payer-walk', subject: 'x', dueAt: 'soon' }, /dueAt: found "soon"/],
  ['payers', { id: '62' }, /payers\.0\.pin: found undefined, expected a text/],
  ['transactions', { id: 't', orderId: 'o' }, /amount: found undefined, expected a number/],
  ['rules', { id: 'r', source: 'api', match: null, met: 0, used: 0 }, /match: found null, expected a object/],
  ['notifications', { id: 'n' }, /event: found undefined/],
  [
    'accounts',
    { id: 'a', phone: '1', status: 'X', referenceId: 'r', createdAt: 9e15 },
    /createdAt: found 9000000000000000/,
  ],
]

test.each(spoiled)(
  'records of %s such as %j are refused, and the emulator goes on',
  async (collection, entity, fault) => {
    await using emulator = await startEmulator()
    const { body: file } = await adminRequest(emulator, 'export', { key })
    file.sandboxes[0].records[collection] = [entity]
    const refused = await importFile(emulator, file)
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringMatching(fault) } })
    expect((await adminRequest(emulator, 'clock', { key })).status).toBe(200)
  },
)
