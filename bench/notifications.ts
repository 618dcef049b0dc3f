import { Agent } from 'undici'
import { configOfFlags } from '../src/config/index.ts'
import { openEmulator } from '../src/emulator.ts'
import type { Envelope } from '../src/engine/outbox/send.ts'
import { notificationHeaders } from '../src/midtrans/retry.ts'
import { startProcess } from './process.ts'

const connections = 8

/**
 * Notifications delivered per second, with their log, against bare undici posting the same bodies to the same sink over
 * as many connections; the middle of some rounds within one run.
 */
export async function benchNotifications(count: number, rounds: number): Promise<string> {
  const sink = await startProcess(['bench/sink.ts'])
  const url = `http://127.0.0.1:${sink.port}/notify`
  const emulator = await openEmulator(await configOfFlags(['--port', '0', '--payment-notification-url', url]))
  const results: { readonly ours: number; readonly bare: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const key = `SB-Mid-server-bench-${round}`
    const ours = await perSecond(count, () => deliver(emulator, key, count))
    results.push({
      ours,
      bare: await perSecond(count, () => postBare({ url, headers: notificationHeaders, body }, count)),
    })
  }
  await emulator.close()
  await sink.stop()
  const { ours, bare } = results.toSorted((a, b) => a.ours / a.bare - b.ours / b.bare)[Math.floor(rounds / 2)] ?? {
    ours: 0,
    bare: 1,
  }
  return `notifications: ${(ours / bare).toFixed(2)} of bare undici (${ours.toFixed(0)}/s against ${bare.toFixed(0)}/s)`
}

/** As long as that of a settled payment. */
const body = JSON.stringify({ order_id: 'order-1', signature_key: 'f'.repeat(128), padding: 'x'.repeat(400) })

async function deliver(emulator: Awaited<ReturnType<typeof openEmulator>>, key: string, count: number): Promise<void> {
  const sandbox = emulator.sandboxes.ofServerKey(key)
  if (!sandbox) throw new Error('the key opens no sandbox')
  sandbox.perform((world) => {
    const urls = [world.settings.paymentNotificationUrl]
    for (let order = 0; order < count; order++) {
      world.notify({ event: 'transaction.settlement', subject: `${order}`, reference: `${order}`, body, urls })
    }
  }, undefined)
  await sandbox.outbox.drain()
}

async function postBare({ url, headers, body }: Envelope, count: number): Promise<void> {
  const agent = new Agent({ connections })
  const { origin, pathname: path } = new URL(url)
  let sent = 0
  const post = async () => {
    while (sent++ < count) {
      const response = await agent.request({ origin, path, method: 'POST', headers, body })
      await response.body.dump()
    }
  }
  await Promise.all(Array.from({ length: connections }, post))
  await agent.close()
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (count / (performance.now() - started)) * 1_000
}
