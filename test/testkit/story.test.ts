import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type TestSandbox, withStory } from '../../src/testkit/index.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

/** What is thrown by a test that has made a payment, and what it printed. */
async function failure(fail: () => unknown) {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const sandbox = await emulator.openSandbox()
  const reason: unknown = await withStory(sandbox, async () => {
    await sandbox.trigger('settlement', { order_id: 'order-1' })
    await fail()
  }).then(
    () => 'it did not fail',
    (reason) => reason,
  )
  return { reason, printed: printed.mock.calls.flat().join('\n') }
}

const throwing = (error: unknown) => () => {
  throw error
}

test.each([
  ['expected a refund', throwing(new Error('expected a refund'))],
  ['Expected values to be strictly equal', () => assert.equal('pending', 'paid')],
  ['expected 1 to be 2', () => expect(1).toBe(2)],
  ['fetch failed', () => fetch('http://127.0.0.1:1')],
  ['of another realm', throwing(runInNewContext("new TypeError('of another realm')"))],
  ['    at odds', throwing(new Error('two lines\n    at odds'))],
])('what happened stands below "%s", in the message and in the stack', async (words, fail) => {
  const { reason, printed } = await failure(fail)
  const { message, stack = '' } = reason as Error
  for (const text of [message, stack]) {
    expect(text).toContain(words)
    expect(text.slice(text.indexOf(words))).toMatch(/\n\neverything, times in WIB.*POST \/v2\/charge order-1/s)
  }
  expect(printed).toBe('')
})

test('where the test has failed stands below what happened', async () => {
  const changed = new Error('before')
  changed.message = 'after'
  for (const error of [new Error('expected a refund'), changed]) {
    const { reason } = await failure(throwing(error))
    expect((reason as Error).stack).toMatch(/^Error: \w.*\n\neverything.*order-1.*\n {4}at .*story\.test\.ts/s)
  }
})

test('an error without words gets them', async () => {
  const { reason } = await failure(throwing(new Error()))
  expect((reason as Error).stack).toMatch(/^Error:? ?\n\neverything.*order-1.*\n {4}at /s)
})

test.each(['a text', undefined, Object.freeze(new Error('frozen')), new DOMException('too late', 'TimeoutError')])(
  'whatever else is thrown comes out as it is, and what happened is printed: %s',
  async (thrown) => {
    const { reason, printed } = await failure(throwing(thrown))
    expect(reason).toBe(thrown)
    expect(printed).toContain('POST /v2/charge order-1')
  },
)

test('a test that passes says nothing and gives what it has; one whose emulator is gone fails by its own error', async () => {
  const sandbox = await emulator.openSandbox()
  expect(await withStory(sandbox, () => 5)).toBe(5)
  const gone: Pick<TestSandbox, 'story'> = { story: () => Promise.reject(new Error('no emulator')) }
  await expect(withStory(gone, throwing(new Error('own')))).rejects.toThrow(
    /^own\n\n\(what happened in its sandbox cannot be told: Error: no emulator\)$/,
  )
})
