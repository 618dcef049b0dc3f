import { expect } from 'vitest'
import { storyOf } from '../../src/control/timeline/story.ts'
import { subjectOf } from '../../src/control/timeline/subject.ts'
import { doneRefunds } from '../../src/midtrans/payments/transaction.ts'
import type { Sandbox } from '../../src/sandbox.ts'

/** What must hold of all stories, whatever has happened: in order, bounded, and each change told once. */
export function checkStories(sandbox: Sandbox): void {
  const { accounts, transactions } = sandbox.state
  const { dropped, size } = sandbox.journal.happenings
  expect(size).toBeLessThanOrEqual(1_000)
  for (const entity of [...transactions.values(), ...accounts.values()]) {
    const entries = entriesOf(sandbox, entity.id)
    expect(entries.length).toBeLessThanOrEqual(1_000)
    expect(entries.every(({ seq }, index) => index === 0 || seq > (entries[index - 1]?.seq ?? 0))).toBe(true)
    const moves = entries.filter(({ kind, details }) => kind === 'change' && details.id === entity.id && !details.key)
    // From a begin to the present status, each change where the one before has led.
    for (const [index, { details }] of moves.entries()) {
      if (index > 0 || dropped === 0) expect(details.from).toBe(moves[index - 1]?.details.to)
    }
    if (moves.length > 0 || dropped === 0) expect(moves.at(-1)?.details.to).toBe(entity.status)
    if (dropped > 0 || !('orderId' in entity)) continue
    const given = moves.filter(({ details }) => String(details.to).includes('refund'))
    expect(given).toHaveLength(doneRefunds(entity).length)
    expect(entriesOf(sandbox, entity.orderId)).toEqual(expect.arrayContaining(moves))
  }
}

function entriesOf(sandbox: Sandbox, id: string) {
  const subject = subjectOf(sandbox, id)
  if (!subject) throw new Error(`nothing is known of ${id}`)
  return storyOf(sandbox, subject, (text) => text).entries
}
