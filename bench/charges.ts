import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Against, connections, middle } from './compare.ts'
import { drive, type LoadResult } from './load.ts'
import { openShop } from './merchant.ts'
import { startProcess } from './process.ts'

const storedSteps = [0, 10_000, 100_000]
const filling = 10_000

/** Charges per second and p99 against a bare Fastify route, in memory and in a folder, with ever more stored. */
export async function benchCharges(count: number, rounds: number): Promise<void> {
  for (const stored of storedSteps) await benchWith(`memory, ${stored} stored`, stored, [], count, rounds)
  for (const stored of storedSteps) {
    const data = await mkdtemp(join(tmpdir(), 'midtrans-emulator-bench-'))
    try {
      await benchWith(`--data, ${stored} stored`, stored, ['--data', data], count, rounds)
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  }
}

/** The rounds themselves store more: they go on from the number in the name. */
async function benchWith(
  name: string,
  stored: number,
  flags: readonly string[],
  count: number,
  rounds: number,
): Promise<void> {
  const bare = await startProcess(['bench/bare-fastify.ts'])
  const emulator = await startProcess(['dist/cli.js', '--port', '0', ...flags])
  const charge = (port: number, request: () => string, requests = count) =>
    drive({ port, connections, requests, request })
  // Both are warm before anything counts; ours with a sandbox of its own, so that the measured one is empty.
  const warmUp = (await openShop(emulator, 'SB-Mid-server-bench-warm-up')).chargeRequest
  await charge(emulator.port, warmUp, filling)
  await charge(bare.port, warmUp, filling)
  const { chargeRequest } = await openShop(emulator, 'SB-Mid-server-bench')
  if (stored > 0) await charge(emulator.port, chargeRequest, stored)
  const results: Against<LoadResult>[] = []
  for (let round = 0; round < rounds; round++) {
    const base = await charge(bare.port, chargeRequest)
    results.push({ base, ours: await charge(emulator.port, chargeRequest) })
  }
  const { ours, base } = middle(results)
  console.log(
    `${name}: ${(ours.perSecond / base.perSecond).toFixed(2)} of bare Fastify ` +
      `(${ours.perSecond.toFixed(0)}/s against ${base.perSecond.toFixed(0)}/s; ` +
      `p99 ${ours.p99Ms.toFixed(1)} ms against ${base.p99Ms.toFixed(1)} ms; ${(await emulator.memory()).toFixed(0)} MiB)`,
  )
  await bare.stop()
  await emulator.stop()
}
