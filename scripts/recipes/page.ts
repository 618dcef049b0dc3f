import { readFileSync } from 'node:fs'
import type { Client } from './clients.ts'

/** By the address that a page sets, or unchanged: by the proxy, by Midtrans's names. */
export const ways = ['address', 'proxy', 'names'] as const
export type Way = (typeof ways)[number]

/** What a page says, for each way: the files of the program, and the last line that it prints. */
export interface Page {
  readonly expected: string
  /** Undefined: this client has no such way. */
  readonly filesFor: (way: Way) => Readonly<Record<string, string>> | undefined
}

/** Reads docs/clients/NAME.md. */
export function readPage(name: string, { file }: Client): Page {
  const page = readFileSync(new URL(`../../docs/clients/${name}.md`, import.meta.url), 'utf8')
  const blocks = Array.from(page.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language, text = '']) => {
    return { language, text: text.trimEnd() }
  })
  const at = blocks.findIndex(({ text }) => text.includes(`order-${name}`))
  const { language, text: program = '' } = blocks[at] ?? {}
  const address = blocks.find((each) => each.language === language && each.text.includes('localhost:8765'))?.text
  return {
    expected: blocks[at + 1]?.text.split('\n').at(-1) ?? '',
    filesFor(way) {
      if (way !== 'address') return { [file]: program }
      if (address === undefined) return undefined
      // Go: a file beside the program, which stays as it is.
      if (address.startsWith('package ')) return { [file]: program, [`emulator-${file}`]: address }
      return { [file]: withAddress(program, address) }
    },
  }
}

/** The program with the page's other way to make the client: its last line says which line of the program it stands for. */
function withAddress(program: string, block: string): string {
  const lines = program.split('\n')
  const others = block.split('\n')
  const made = (line: string | undefined) => line?.split('=')[0]?.trim()
  const at = lines.findIndex((line) => made(line) === made(others.at(-1)))
  const added = others.filter((line) => !(/^(import|from|require) ?/.test(line) && lines.includes(line)))
  return lines.toSpliced(at, 1, ...added).join('\n')
}
