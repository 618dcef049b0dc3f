import { readFileSync } from 'node:fs'
import type { Client } from './clients.ts'

/** By the address that a page sets, or unchanged: by the proxy, by Midtrans's names. */
export const ways = ['address', 'proxy', 'names'] as const
export type Way = (typeof ways)[number]

/** A program of a page: the last line that it prints and, for each way, its files. */
export interface Program {
  readonly expected: string
  /** Undefined: this client has no such way. */
  readonly filesFor: (way: Way) => Readonly<Record<string, string>> | undefined
}

/** The programs of docs/clients/NAME.md: one that charges, and one for Snap and subscriptions. */
export function readPage(name: string, { file }: Client): readonly Program[] {
  const page = readFileSync(new URL(`../../docs/clients/${name}.md`, import.meta.url), 'utf8')
  const blocks = Array.from(page.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language, text = '']) => {
    return { language, text: text.trimEnd() }
  })
  return [`order-${name}`, `snap-${name}`].map((orderId): Program => {
    const at = blocks.findIndex(({ text }) => text.includes(orderId))
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
  })
}

/** The program with the page's other way to make the client, in place of the line of the program that makes the same. */
function withAddress(program: string, block: string): string {
  const lines = program.split('\n')
  const others = block.split('\n')
  const made = (line: string) => /^\s*(.*?) = /.exec(line)?.[1]
  const names = new Set(others.flatMap((line) => made(line) ?? []))
  const at = lines.findIndex((line) => names.has(made(line) ?? ''))
  const added = others.filter((line) => !(/^(import|from|require) ?/.test(line) && lines.includes(line)))
  return lines.toSpliced(at, 1, ...added).join('\n')
}
