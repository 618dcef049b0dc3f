/**
 * npm run bench [-- PART ...] [COUNT]: charges per second and p99 against a bare Fastify route, pages per second against a
 * bare page of @fastify/view, the cold start against bare Node, and notifications per second against bare undici, as
 * ratios within one run: absolute figures say more about the machine than about us. Two years of subscriptions are told as
 * they are, for nothing is like them.
 */
import { availableParallelism } from 'node:os'
import { benchCharges } from './charges.ts'
import { benchColdStart } from './cold-start.ts'
import { connections } from './compare.ts'
import { benchNotifications } from './notifications.ts'
import { benchPages } from './pages.ts'
import { benchSubscriptions } from './subscriptions.ts'

const rounds = 5
const parts: Readonly<Record<string, (count: number) => Promise<void>>> = {
  charges: (count) => benchCharges(count, rounds),
  'cold-start': benchColdStart,
  notifications: async (count) => console.log(await benchNotifications(count, rounds)),
  pages: (count) => benchPages(count, rounds),
  subscriptions: () => benchSubscriptions(rounds),
}

const args = process.argv.slice(2)
const perMeasurement = Number(args.find((arg) => /^\d+$/.test(arg)) ?? 5_000)
const named = args.filter((arg) => !/^\d+$/.test(arg))
const unknown = named.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  console.error(
    `found ${unknown.join(', ')}, expected some of ${Object.keys(parts).join(', ')}, or a count of requests`,
  )
  process.exit(2)
}
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${connections} connections`)
for (const [name, part] of Object.entries(parts)) {
  if (named.length === 0 || named.includes(name)) await part(perMeasurement)
}
