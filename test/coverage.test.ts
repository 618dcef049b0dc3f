import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { emulatorOfFile } from './midtrans/merchant.ts'
import { samples } from './recorded/samples.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

interface Row {
  readonly endpoint: string
  readonly codes: readonly string[]
  readonly states: readonly string[]
  readonly since: string
}

const words = (cell: string) => cell.split(/[\s,]+/).filter((word) => word !== '' && word !== '-')

/** The table of the README: endpoint, answers, states, refusals, since. */
const table: readonly Row[] = [...read('README.md').matchAll(/^\| `([A-Z]+ \/(?:v\d|snap)\/[^`]+)` \|(.*)\|$/gm)].map(
  ([, endpoint = '', rest = '']) => {
    const [answers = '', states = '', refusals = '', since = ''] = rest.split('|').map((cell) => cell.trim())
    return { endpoint, codes: [...words(answers), ...words(refusals)], states: words(states), since }
  },
)

const rowOf = (endpoint: string) => table.find((row) => row.endpoint === endpoint)
const samplesOf = (endpoint: string) => samples.filter((sample) => sample.endpoint === endpoint)

/** Gateway answers have no status_code, nor have Snap and subscriptions: then the HTTP status is what a merchant sees. */
const codeOf = ({ sample, http }: (typeof samples)[number]) =>
  'status_code' in sample ? sample.status_code : `${http}`

const stateOf = ({ sample }: (typeof samples)[number]) => {
  if ('transaction_status' in sample) return sample.transaction_status
  if ('account_status' in sample) return sample.account_status
  return 'status' in sample ? sample.status : undefined
}

const named = (values: readonly unknown[]) => new Set(values.filter((value) => value !== undefined))

const emulator = await emulatorOfFile()

test('the README has a row for each endpoint that exists, and for no other', async () => {
  const { endpoints } = (await (await fetch(emulator.url)).json()) as { endpoints: readonly string[] }
  expect(endpoints.length).toBeGreaterThan(10)
  expect(table.map(({ endpoint }) => endpoint).sort()).toEqual([...endpoints].sort())
})

test.each(table)('$endpoint has a sample, reproduced in test/recorded, for each code of its row', ({ endpoint }) => {
  expect(named(rowOf(endpoint)?.codes ?? [])).toEqual(named(samplesOf(endpoint).map(codeOf)))
})

test.each(table)('$endpoint has a sample for each state of its row', ({ endpoint }) => {
  expect(named(rowOf(endpoint)?.states ?? [])).toEqual(named(samplesOf(endpoint).map(stateOf)))
})

test('no row promises a version that is not out', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string }
  for (const { since } of table) {
    expect(since).toMatch(/^\d+\.\d+\.\d+$/)
    expect(since.localeCompare(version, 'en', { numeric: true })).toBeLessThanOrEqual(0)
  }
})
