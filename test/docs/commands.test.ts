import { expect, test } from 'vitest'
import { usageOf } from '../../src/command/help.ts'
import { type CommandName, verbs } from '../../src/command/verbs.ts'
import { pages, textOf } from './blocks.ts'

const names = Object.keys(verbs) as CommandName[]
const helps = (await Promise.all(names.map(async (name) => usageOf(name, (await verbs[name].load()).verb)))).join('\n')

/** `code` in the text of a page; blocks of code are run. */
const codeOf = (page: string) =>
  Array.from(
    textOf(page)
      .replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
    ([, code = '']) => code,
  )

/** Flags of other programs. */
const foreign = ['--help', '--version', '--user', '--read-only', '--project']

test.each(pages)('the verbs and flags of the command that %s names are there', (page) => {
  const ours = codeOf(page).filter((code) => /^(--|midtrans-emulator (?!is |does |has ))/.test(code))
  const unknown = ours.filter((code) => {
    const [command = ''] = code.split(/ -- /)
    const verb = /^midtrans-emulator ([a-z]+)/.exec(command)?.[1]
    const flags = command.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? []
    return (
      (verb !== undefined && verb !== 'help' && !names.some((name) => name === verb)) ||
      flags.some((flag) => !foreign.includes(flag) && !new RegExp(`${flag}[ \n]`).test(helps))
    )
  })
  expect(unknown).toEqual([])
})

/** Variables that are no settings: where clients find an emulator, and where its tests find a browser. */
const others = ['URL', 'SANDBOX', 'CONFIG', 'BROWSER']

test.each(pages)('the variables that %s names are there', (page) => {
  const named = Array.from(textOf(page).matchAll(/\bMIDTRANS_EMULATOR_([A-Z_]*[A-Z])\b/g), ([, name = '']) => name)
  const isThere = (name: string) => helps.includes(`--${name.toLowerCase().replaceAll('_', '-')} `)
  expect(named.filter((name) => !isThere(name) && !others.includes(name))).toEqual([])
})
