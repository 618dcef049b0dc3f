import { performance } from 'node:perf_hooks'
import { median } from './compare.ts'
import { openShop, type Shop } from './merchant.ts'
import { startProcess } from './process.ts'

const months = 24
/** Each member has one subscription. */
const members = [1, 100]

/** Real time for two years of monthly charges. */
export async function benchSubscriptions(rounds: number): Promise<void> {
  const emulator = await startProcess(['dist/cli.js', '--port', '0'])
  for (const count of members) {
    const took: number[] = []
    for (let round = 0; round < rounds; round++) {
      took.push(await twoYears(await openShop(emulator, `SB-Mid-server-bench-${count}-${round}`), count))
    }
    const ms = median(took)
    console.log(
      `subscriptions: ${months} months of ${count} in ${ms.toFixed(0)} ms (${((count * months * 1_000) / ms).toFixed(0)} charges/s)`,
    )
  }
  await emulator.stop()
}

async function twoYears(shop: Shop, count: number): Promise<number> {
  for (let n = 0; n < count; n++) await shop.subscribe(`member-${n}`, months)
  const started = performance.now()
  const charges = await shop.chargesAfter(`${31 * months}d`)
  const ms = performance.now() - started
  if (charges !== count * months) throw new Error(`found ${charges} charges, expected ${count * months}`)
  return ms
}
