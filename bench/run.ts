/**
 * npm run bench: charges per second and p99 against a bare Fastify route, the cold start against bare Node, and
 * notifications per second against bare undici, as ratios within one run: absolute figures say more about the machine than about us.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { payer } from '../src/client/payer.ts'
import { drive, type LoadResult, post } from './load.ts'
import { benchNotifications } from './notifications.ts'
import { type Server, startProcess } from './process.ts'

const connections = 32
const perMeasurement = Number(process.argv[2] ?? 5_000)
const rounds = 5
const storedSteps = [0, 10_000, 100_000]
const filling = 10_000

console.log(`Node ${process.version}, ${availableParallelism()} cores, ${connections} connections`)
for (const stored of storedSteps) await benchCharges(`memory, ${stored} stored`, stored, [])
for (const stored of storedSteps) {
  const data = await mkdtemp(join(tmpdir(), 'midtrans-emulator-bench-'))
  try {
    await benchCharges(`--data, ${stored} stored`, stored, ['--data', data])
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}
await benchColdStart()
console.log(await benchNotifications(perMeasurement, rounds))

/** The rounds themselves store more: they go on from the number in the name. */
async function benchCharges(name: string, stored: number, flags: readonly string[]): Promise<void> {
  const bare = await startProcess(['bench/bare-fastify.ts'])
  const emulator = await startProcess(['dist/cli.js', '--port', '0', ...flags])
  // Both are warm before anything counts; ours with a sandbox of its own, so that the measured one is empty.
  const warmUp = await charger(emulator, 'SB-Mid-server-bench-warm-up')
  await measure(emulator.port, warmUp, filling)
  await measure(bare.port, warmUp, filling)
  const charge = await charger(emulator, 'SB-Mid-server-bench')
  if (stored > 0) await measure(emulator.port, charge, stored)
  const results = []
  for (let round = 0; round < rounds; round++) {
    const base = await measure(bare.port, charge)
    results.push({ base, ours: await measure(emulator.port, charge) })
  }
  results.sort((a, b) => a.ours.perSecond / a.base.perSecond - b.ours.perSecond / b.base.perSecond)
  const middle = results[Math.floor(rounds / 2)]
  if (middle) report(name, middle.ours, middle.base, await emulator.memory())
  await bare.stop()
  await emulator.stop()
}

/** Links an account through the pages, and gives the n-th charge of it. */
async function charger({ port }: Server, serverKey: string): Promise<() => string> {
  const url = `http://127.0.0.1:${port}`
  const headers = { authorization: `Basic ${btoa(`${serverKey}:`)}`, 'content-type': 'application/json' }
  const partner = { phone_number: '8215023424', country_code: '62', redirect_url: 'https://shop.example/' }
  const link = await answerOf(`${url}/v2/pay/account`, { payment_type: 'gopay', gopay_partner: partner }, headers)
  await payer.walk(link.actions?.[1]?.url ?? '')
  const account = await answerOf(`${url}/v2/pay/account/${link.account_id}`, undefined, headers)
  const gopay = {
    account_id: link.account_id,
    payment_option_token: account.metadata?.payment_options[0]?.token,
    callback_url: 'https://shop.example/done',
  }
  let n = 0
  return () =>
    post(
      '/v2/charge',
      serverKey,
      JSON.stringify({
        payment_type: 'gopay',
        gopay,
        transaction_details: { order_id: `order-${n++}`, gross_amount: 1 },
      }),
    )
}

interface LinkAnswer {
  readonly account_id?: string
  readonly actions?: readonly { readonly url: string }[]
  readonly metadata?: { readonly payment_options: readonly { readonly token: string }[] }
}

async function answerOf(url: string, body: object | undefined, headers: Record<string, string>): Promise<LinkAnswer> {
  const response = await fetch(url, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
  return (await response.json()) as LinkAnswer
}

function measure(port: number, request: () => string, requests = perMeasurement): Promise<LoadResult> {
  return drive({ port, connections, requests, request })
}

function report(name: string, ours: LoadResult, base: LoadResult, memoryMiB: number): void {
  const ratio = ours.perSecond / base.perSecond
  console.log(
    `${name}: ${ratio.toFixed(2)} of bare Fastify ` +
      `(${ours.perSecond.toFixed(0)}/s against ${base.perSecond.toFixed(0)}/s; ` +
      `p99 ${ours.p99Ms.toFixed(1)} ms against ${base.p99Ms.toFixed(1)} ms; ${memoryMiB.toFixed(0)} MiB)`,
  )
}

async function benchColdStart(): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 15; round++) {
    bare.push(await coldStart(['bench/bare-node.js']))
    ours.push(await coldStart(['dist/cli.js', '--port', '0']))
  }
  const ratio = median(ours) / median(bare)
  console.log(
    `cold start to first answer: ${ratio.toFixed(2)} times bare Node ` +
      `(${median(ours).toFixed(0)} ms against ${median(bare).toFixed(0)} ms, medians of 15)`,
  )
}

async function coldStart(args: readonly string[]): Promise<number> {
  const server = await startProcess(args)
  await server.stop()
  return server.coldStartMs
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
