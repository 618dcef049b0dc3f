import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry, Story } from '../../src/control/timeline/entry.ts'
import { mermaid } from '../../src/control/timeline/mermaid.ts'
import { text } from '../../src/control/timeline/text.ts'
import { coreApi } from '../core-api.ts'
import { emulatorOfFile, newShop } from '../midtrans/merchant.ts'

const emulator = await emulatorOfFile()

/** Mermaid's grammar of sequence diagrams, as far as it is used; a text ends at ; and # but for entities. */
const name = '(?:Merchant|Emulator|Payer)'
const label = '(?=\\S)(?:[\\w .,/()-]|#\\d+;)+'
const diagramLine = new RegExp(
  `^sequenceDiagram$|^    (?:participant ${name}|${name}(?:->>|-->>|-x)${name}: ${label}|Note over ${name}(?:,${name})?: ${label})$`,
)

function checkDiagram(diagram: string): void {
  expect(diagram.endsWith('\n')).toBe(true)
  const lines = diagram.trimEnd().split('\n')
  expect(lines.slice(0, 4)).toEqual([
    'sequenceDiagram',
    '    participant Merchant',
    '    participant Emulator',
    '    participant Payer',
  ])
  expect(lines.filter((line) => !diagramLine.test(line) || /\bend\b/i.test(line))).toEqual([])
}

const story = (entries: readonly Entry[]): Story => ({
  subject: 'order-1',
  ids: { account_ids: [], order_ids: [], transaction_ids: [], subscription_ids: [], snap_tokens: [] },
  entries,
  dropped: { requests: 0, happenings: 0, entries: 0 },
})

const nasty = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('end', 'a end', 'END; Note over X: y', '%%{init}%%', 'style:x#1;', 'a\nb', '<br/>', '\u001b[2J', '#'),
)
const entry = fc.record({
  seq: fc.nat(),
  at: fc.integer({ min: 0, max: 4e12 }),
  from: fc.constantFrom('merchant', 'payer', 'emulator', 'clock'),
  to: fc.constantFrom('merchant', 'payer', 'emulator', 'clock'),
  kind: fc.constantFrom('call', 'answer', 'page', 'change', 'rule', 'notification', 'clock', 'settings', 'reset'),
  title: nasty.map((words) => `title ${words}`),
  details: fc.constantFrom({}, { error: 'x' }, { state: 'broken off' }),
}) satisfies fc.Arbitrary<Entry>

test('whatever an entry says, the diagram is one that Mermaid can read, with a line for each', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const diagram = mermaid(story(entries))
      checkDiagram(diagram)
      expect(diagram.trimEnd().split('\n')).toHaveLength(4 + entries.length)
    }),
  )
})

test('whatever an entry says, the text has a line for each, in columns, and drives no terminal', () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const [head, ...lines] = text(story(entries)).trimEnd().split('\n')
      expect(head).toBe('order-1, times in WIB (GMT+7)')
      expect(lines).toHaveLength(entries.length)
      expect(new Set(lines.map((line) => line.indexOf('title '))).size).toBeLessThanOrEqual(1)
      for (const line of lines) {
        expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}(?:merchant|payer|emulator|clock)/)
        expect(line).not.toMatch(/\p{C}|\p{Zl}|\p{Zp}/u)
      }
    }),
  )
})

test.each(['order-1', 'end', 'a;b#c', '%%{init: {}}%%', 'Note over X: y', 'öäü 😀', '<script>', 'a->>b: c', '"x"'])(
  'an order called %s has a diagram and a text',
  async (orderId) => {
    const shop = await newShop(emulator)
    await shop.charge(orderId, 1_000)
    await coreApi(emulator.url, shop.key).get(`/v2/${encodeURIComponent(orderId)}/status`)
    checkDiagram(await shop.admin.timeline(orderId, 'mermaid'))
    const lines = (await shop.admin.timeline(orderId, 'text')).trimEnd().split('\n')
    expect(lines).toHaveLength(1 + (await shop.admin.timeline(orderId)).entries.length)
  },
)

test('who says what to whom can be seen in the diagram', async () => {
  const shop = await newShop(emulator)
  await shop.admin.patch('settings', { payment_notification_url: 'http://127.0.0.1:9/' })
  await shop.charge('order-1', 50_000)
  await shop.admin.advance('1s')
  const lines = (await shop.admin.timeline('order-1', 'mermaid')).trimEnd().split('\n').slice(4)
  expect(
    lines.map((line) =>
      line
        .trim()
        .replace(/#\d+;/g, '?')
        .replaceAll(/\d{4}-\S+ \S+/g, 'T'),
    ),
  ).toEqual(
    expect.arrayContaining([
      'Merchant->>Emulator: POST /v2/charge order-1',
      'Note over Emulator: transaction begins? settlement',
      'Emulator-->>Merchant: 200 settlement (HTTP 200)',
      expect.stringMatching(/^Emulator-xMerchant: transaction\.settlement to .*, try 1\? connection refused/),
    ]),
  )
})
