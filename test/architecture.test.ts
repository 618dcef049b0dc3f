import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The shelves of src, the highest first. A file imports from its own shelf and from those below. */
const shelves: readonly RegExp[] = [
  /^(cli|index|emulator)\.ts$|^(command|testkit)\//,
  /^(server|assets|validators)\.ts$|^(tls|config)\//,
  /^control\//,
  /^(sandbox(es|-world|-time|-outbox)?|snapshots|fork|keys)\.ts$/,
  // Talks to an emulator over HTTP, wherever it runs: it knows none of what is in one, but for signatures.
  /^client\//,
  /^midtrans\//,
  /^engine\//,
  // Where the package's own files lie. It knows nothing, and only these may ask it: see `besides`.
  /^package-files\.ts$/,
  // What is wrong with a text, and where. It knows nothing.
  /^text\//,
]

/** The parts of midtrans, the lowest first. What stands in none of them is an endpoint or a page. */
const parts: readonly (readonly [name: string, files: RegExp])[] = [
  [
    'roots',
    /^(errors|money|wire-time|client-key|signature|retry|settings|outcome|return-url|channel-fields|gopay-codes|quirks|kept-answer|other-products|disturbance|signature-check|notification-hosts|secrets|rule-words|hosts)\.ts$/,
  ],
  ['entities', /^payers\/(payer|payer-book|phone|ledger|promotion|walk)\.ts$|^verifications\/verification\.ts$/],
  ['entities', /^accounts\/(account|payment-option-token)\.ts$|^payments\/(transaction|expiry)\.ts$/],
  ['entities', /^subscriptions\/(subscription|schedule)\.ts$|^snap\/session\.ts$/],
  ['state', /^state\.ts$/],
  ['world', /^world\.ts$/],
  ['wire', /^\w+\/wire\.ts$/],
  // The one door between operations and wire: a notification's body is frozen in the step itself.
  ['notifications', /^\w+\/notification\.ts$|^notification-ways\.ts$/],
  ['operations', /^\w+\/(\w+-)?operations\.ts$|^payments\/methods\//],
  ['endpoints and pages', /./],
]

/** The chapters of midtrans: each may know those before it. The manners of the APIs know none, their indexes know all. */
const chapters: readonly RegExp[] = [
  /^(merchant-api|core-api)\/(?!index\.ts)/,
  /^payers\//,
  /^verifications\//,
  /^accounts\//,
  /^promotions\//,
  /^payments\//,
  /^(subscriptions|snap)\/(?!index\.ts|page\/)/,
  /^faults\//,
  /^pages\/|^(core-api|merchant-api|subscriptions|snap)\/index\.ts$/,
  /^snap\/page\//,
]

/** One door per package: who may import it, or say these words. */
const doors: readonly (readonly [what: RegExp, files: RegExp])[] = [
  [/^undici\b/, /^engine\/outbox\//],
  [/^lowdb\b/, /^engine\/store\/segment\.ts$/],
  [/^(eta|@fastify\/view)$/, /^server\.ts$/],
  [/^nanoid\b/, /^engine\/ids\.ts$/],
  [/^vitest$/, /^testkit\/vitest\.ts$/],
  [/^testcontainers$/, /^testkit\/testcontainers\.ts$/],
  [/^tinyqueue$/, /^engine\/time\//],
  [/^@peculiar\/|^reflect-metadata$/, /^tls\/authority\.ts$/],
  [/^package-files\.ts$/, /^(server|assets|emulator)\.ts$|^(command|control)\/|^testkit\/testcontainers\.ts$/],
  [/^client\//, /^client\/|^control\/(scenario|dashboard|trigger)\/|^testkit\/|^command\//],
]
const words: readonly (readonly [what: RegExp, files: RegExp])[] = [
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|(?<!socket\.)\bsetTimeout\b|\bsetInterval\b/, /^engine\/time\//],
  [/\bprocess\.env\b/, /^config\/environment\.ts$/],
]

const mayClientKnow = /^client\/|^engine\/|^midtrans\/signature\.ts$/

/** path below src -> text */
type Sources = Readonly<Record<string, string>>

const withoutComments = (text: string) => text.replace(/\/\*.*?\*\/|^\s*\/\/.*?$/gms, '')

/** What a file imports, types included: paths below src, and names of packages. */
function importsOf(path: string, text: string): string[] {
  const form = /^(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'|\bimport\('([^']+)'\)/gm
  return Array.from(withoutComments(text).matchAll(form), ([, plain, dynamic]) => {
    const name = plain ?? dynamic ?? ''
    return name.startsWith('.') ? posix.join(path, '..', name) : name
  })
}

const insideMidtrans = (path: string) => path.slice('midtrans/'.length)

const placeIn = (table: readonly RegExp[], path: string) => table.findIndex((files) => files.test(path))

function partOf(path: string): number {
  return placeIn(
    parts.map(([, files]) => files),
    path,
  )
}

/** Why this import breaks a rule; undefined where it does not. */
function objection(from: string, to: string): string | undefined {
  const closed = doors.find(([what, files]) => what.test(to) && !files.test(from))
  if (closed) return `only ${closed[1].source} may`
  if (!to.endsWith('.ts')) return mayKnowFastify(from) || !/^@?fastify\b/.test(to) ? undefined : 'it is below fastify'
  if (placeIn(shelves, to) < 0) return 'it stands on no shelf'
  if (placeIn(shelves, from) > placeIn(shelves, to)) return 'it is on a higher shelf'
  if (from.startsWith('client/') && !mayClientKnow.test(to)) return 'a client knows nothing of the inside'
  if (!from.startsWith('midtrans/') || !to.startsWith('midtrans/')) return undefined
  const [user, used] = [insideMidtrans(from), insideMidtrans(to)]
  const [userPart, usedPart] = [parts[partOf(user)]?.[0], parts[partOf(used)]?.[0]]
  if (partOf(user) < partOf(used) && userPart !== usedPart) return `${userPart} are below ${usedPart}`
  if (userPart === 'operations' && usedPart === 'wire') return 'operations do not speak the wire'
  const [userChapter, usedChapter] = [placeIn(chapters, user), placeIn(chapters, used)]
  if (userChapter >= 0 && usedChapter > userChapter) return 'it is a later chapter'
  return undefined
}

function mayKnowFastify(path: string): boolean {
  if (path.startsWith('engine/')) return false
  return !path.startsWith('midtrans/') || partOf(insideMidtrans(path)) === parts.length - 1
}

const isChapterless = (path: string) => /^midtrans\/.*\//.test(path) && placeIn(chapters, insideMidtrans(path)) < 0

/** All that breaks a rule, as "a.ts imports b.ts: why". */
function complaints(sources: Sources): string[] {
  return Object.entries(sources).flatMap(([path, text]) => [
    ...(placeIn(shelves, path) < 0 ? [`${path} stands on no shelf`] : []),
    ...(isChapterless(path) ? [`${path} stands in no chapter`] : []),
    ...importsOf(path, text).flatMap((to) => {
      const why = objection(path, to)
      return why === undefined ? [] : `${path} imports ${to}: ${why}`
    }),
    ...words.flatMap(([what, files]) => {
      const found = what.exec(withoutComments(text))
      return found && !files.test(path) ? `${path} says ${found[0]}: only ${files.source} may` : []
    }),
  ])
}

/** Each file that can reach itself, with the shortest way around. Types count: a reader has to follow them too. */
function cycles(sources: Sources): string[] {
  return Object.keys(sources).flatMap((start) => {
    const ways = new Map([[start, start]])
    for (const [path, way] of ways) {
      for (const next of importsOf(path, sources[path] ?? '')) {
        if (next === start) return `${way} > ${next}`
        if (next in sources && !ways.has(next)) ways.set(next, `${way} > ${next}`)
      }
    }
    return []
  })
}

const src = fileURLToPath(new URL('../src', import.meta.url))
const sources: Sources = Object.fromEntries(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(src, path), 'utf8')]),
)

test('every file of src knows only what it may know', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(50)
  expect(complaints(sources)).toEqual([])
})

test('no file of src knows itself by way of others', () => {
  expect(cycles(sources)).toEqual([])
})

test.each([
  ['engine/journal.ts', "import { wireTime } from '../midtrans/wire-time.ts'"],
  ['midtrans/world.ts', "import type { Sandbox } from '../sandbox.ts'"],
  ['sandbox.ts', "export { health } from './control/health.ts'"],
  ['config/index.ts', "import {\n  main,\n  type Other,\n} from '../index.ts'"],
  ['sandboxes.ts', "const late = await import('./server.ts')"],
  ['midtrans/money.ts', "import type { State } from './state.ts'"],
  ['midtrans/payers/payer.ts', "import type { World } from '../world.ts'"],
  ['midtrans/payments/transaction.ts', "import './charge.ts'"],
  ['midtrans/payments/operations.ts', "import { chargeAnswer } from './wire.ts'"],
  ['midtrans/payments/wire.ts', "import { cancel } from './operations.ts'"],
  ['midtrans/accounts/get.ts', "import { transactionOf } from '../payments/operations.ts'"],
  ['midtrans/payments/status.ts', "import { textsIn } from '../pages/texts.ts'"],
  ['midtrans/merchant-api/answer.ts', "import type { Account } from '../accounts/account.ts'"],
  ['midtrans/payments/notification.ts', "import type { FastifyReply } from 'fastify'"],
  ['engine/store/memory.ts', "import view from '@fastify/view'"],
  ['control/health.ts', "import { request } from 'undici'"],
  ['engine/store/memory.ts', "import { Low } from 'lowdb/node'"],
  ['tls/front-door.ts', "import { X509Certificate } from '@peculiar/x509'"],
  ['midtrans/settings.ts', "import { packageFile } from '../package-files.ts'"],
  ['client/inbox.ts', 'setTimeout(look, 10)'],
  ['client/payer.ts', "import type { Ending } from '../midtrans/pages/texts.ts'"],
  ['client/admin.ts', "import type { Journal } from '../midtrans/world.ts'"],
  ['sandboxes.ts', "import { send } from './client/http.ts'"],
  ['engine/outbox/send.ts', 'const started = Date.now()'],
  ['index.ts', 'const { HOME } = process.env'],
  ['helpers.ts', ''],
  ['midtrans/iris/create.ts', ''],
])('the rules object to a file %s that says %j', (path, text) => {
  expect(complaints({ [path]: text })).toHaveLength(1)
})

test('the rules object to no comment, and to no import that goes down', () => {
  const text =
    "/** Not Date.now(). */\n// import x from '../index.ts'\nimport { Journal } from '../engine/journal.ts'\n"
  expect(complaints({ 'midtrans/state.ts': text })).toEqual([])
})

test('a cycle is found, with the way around', () => {
  const found = cycles({
    'engine/a.ts': "import { b } from './b.ts'",
    'engine/b.ts': "import type { C } from './c.ts'",
    'engine/c.ts': "export { a } from './a.ts'",
    'engine/d.ts': "import { a } from './a.ts'",
  })
  expect(found).toHaveLength(3)
  expect(found[0]).toBe('engine/a.ts > engine/b.ts > engine/c.ts > engine/a.ts')
})
