import { expect, test } from 'vitest'
import { type Decidable, parseOutcome, possibleOutcomes } from '../../../src/midtrans/outcome.ts'
import { readPayerBook, withPayers } from '../../../src/midtrans/payers/payer-book.ts'
import { readWalk } from '../../../src/midtrans/payers/walk.ts'
import { packageFile } from '../../../src/package-files.ts'

const book = readPayerBook(packageFile('fixtures/payers.json'))

test.each([...book.personas])('what is said of the persona %s can happen', (_name, { walk, outcomes = {} }) => {
  expect(() => readWalk(walk ?? {})).not.toThrow()
  for (const [operation, text] of Object.entries(outcomes)) {
    expect(possibleOutcomes[operation as Decidable]).toContain(parseOutcome(text)?.kind)
  }
})

test('a payer of a persona that is not there ends the reading', () => {
  expect(() => withPayers(book, [{ phone: '6281', persona: 'rich' }])).toThrow('rich')
})
