import type { Envelope } from '../../src/engine/outbox/send.ts'
import { memoryStore } from '../../src/engine/store/memory.ts'
import { readPayerBook } from '../../src/midtrans/payers/payer-book.ts'
import { defaultSettings, type Settings } from '../../src/midtrans/settings.ts'
import { packageFile } from '../../src/package-files.ts'
import { Sandbox } from '../../src/sandbox.ts'

const payerBook = readPayerBook(packageFile('fixtures/payers.json'))

/** A sandbox without a server around it: what it sends is written down, and every message arrives. */
export function newSandbox(settings: Partial<Settings> = {}, store = memoryStore()) {
  const sent: Readonly<Record<string, string>>[] = []
  const failures: unknown[] = []
  const sandbox = Sandbox.openEmpty({
    identity: { id: 'identity', serverKey: 'SB-Mid-server-any-sequence', merchantId: 'G000000001' },
    store,
    sender: {
      room: async () => ({ stepAside() {}, leave() {} }),
      async send({ url, body }: Envelope) {
        sent.push(JSON.parse(body))
        return { url, answer: 200, answerHeaders: {}, answerBody: '' }
      },
      async close() {},
    },
    payerBook,
    settings: {
      ...defaultSettings,
      merchantId: 'G000000001',
      paymentNotificationUrl: 'http://merchant.test/',
      payAccountNotificationUrl: 'http://merchant.test/',
      ...settings,
    },
    onError: (error) => failures.push(error),
  })
  sandbox.time.freeze()
  return { sandbox, sent, failures }
}
