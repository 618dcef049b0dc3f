import { type Against, connections, middle } from './compare.ts'
import { drive, get, type LoadResult } from './load.ts'
import { openShop, type Shop } from './merchant.ts'
import { type Server, startProcess } from './process.ts'

/** What is measured, in a sandbox with 10,000 transactions: the name of a page, and its path. */
const pages: Readonly<Record<string, (shop: Shop) => string | Promise<string>>> = {
  "payer's PIN page": (shop) => shop.pinPage(),
  'Snap page': (shop) => shop.snapPage(),
  'dashboard, list of transactions': ({ merchantId }) => `/dashboard/${merchantId}/transactions`,
}

const stored = 10_000

/**
 * Pages per second against a bare page of @fastify/view with as many bytes, and what one takes when nobody else asks;
 * the middle of some rounds within one run.
 */
export async function benchPages(count: number, rounds: number): Promise<void> {
  const emulator = await startProcess(['dist/cli.js', '--port', '0'])
  const shop = await openShop(emulator, 'SB-Mid-server-bench')
  await drive({ port: emulator.port, connections, requests: stored, request: shop.chargeRequest })
  for (const [name, path] of Object.entries(pages))
    console.log(await compare(name, emulator, await path(shop), count, rounds))
  await emulator.stop()
}

async function compare(name: string, emulator: Server, path: string, count: number, rounds: number): Promise<string> {
  const page = await fetch(`http://127.0.0.1:${emulator.port}${path}`)
  const { byteLength } = await page.arrayBuffer()
  if (!page.ok) return `${name}: HTTP ${page.status}, not measured`
  const bare = await startProcess(['bench/bare-view.ts', String(byteLength)])
  const ask = (port: number, at: string, clients: number) =>
    drive({ port, connections: clients, requests: clients === 1 ? count / 10 : count, request: () => get(at) })
  // Both are warm before anything counts.
  await ask(emulator.port, path, connections)
  await ask(bare.port, '/', connections)
  const busy: Against<LoadResult>[] = []
  const quiet: Against<LoadResult>[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [results, clients] of [
      [busy, connections],
      [quiet, 1],
    ] as const) {
      const base = await ask(bare.port, '/', clients)
      results.push({ base, ours: await ask(emulator.port, path, clients) })
    }
  }
  await bare.stop()
  const { ours, base } = middle(busy)
  const one = middle(quiet)
  return (
    `${name} (${(byteLength / 1_024).toFixed(1)} KB): ${(ours.perSecond / base.perSecond).toFixed(2)} of bare @fastify/view ` +
    `(${ours.perSecond.toFixed(0)}/s against ${base.perSecond.toFixed(0)}/s); ` +
    `${one.ours.p50Ms.toFixed(2)} ms per page against ${one.base.p50Ms.toFixed(2)} ms`
  )
}
