import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defaultQuirks } from '../../src/midtrans/quirks.ts'
import { pages, root, textOf } from './blocks.ts'

/** One text of all files, in which a message stands as it is written, however the lines are broken. */
const joined = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => readFileSync(root + file, 'utf8'))
    .join('\n')
    .replace(/'\s*\+\s*'/g, '')

const sources = joined('src/**/*.ts')
const nodeClient = joined('node_modules/midtrans-client/lib/*.js')

const [own = '', ofClients = ''] = textOf('docs/troubleshooting.md').split('## Official clients')
const quoted = (text: string) => Array.from(text.matchAll(/^### `(.+)`$/gm), ([, message = '']) => message)

/** What of a message is the same each time. */
const fixedParts = (message: string) => message.split('...').filter((part) => /\w{2}/.test(part))

test.each(quoted(own))('the emulator still says "%s"', (message) => {
  expect(fixedParts(message).filter((part) => !sources.includes(part.trim()))).toEqual([])
})

test.each(quoted(ofClients).filter((message) => message.startsWith('Midtrans API')))(
  'the Node client still says "%s"',
  (message) => {
    expect(fixedParts(message).filter((part) => !nodeClient.includes(part.trim()))).toEqual([])
  },
)

test('docs/differences.md has every quirk, and how it is set by default', () => {
  const listed = Array.from(
    textOf('docs/differences.md').matchAll(/^\| `(\w+)` \| `([\w-]+)`/gm),
    ([, name, option]) => [name, option],
  )
  expect(Object.fromEntries(listed)).toEqual(defaultQuirks)
})

const scenarios = globSync('fixtures/scenarios/*.yaml', { cwd: root }).map((file) => /([\w-]+)\.yaml$/.exec(file)?.[1])

test.each(pages)('the scenarios that %s names are there', (page) => {
  const named = Array.from(
    textOf(page).matchAll(
      /(?:\bScenario\b[^`]*`|Scenario\([^'\n]*'|(?:midtrans-emulator run|--scenario) `?)([a-z0-9]+(?:-[a-z0-9]+)+)\b(?![\w.])/g,
    ),
    ([, name]) => name,
  )
  expect(named.filter((name) => !scenarios.includes(name))).toEqual([])
})
