import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A block of code as it stands on a page. */
export interface Block {
  readonly page: string
  /** Where it begins, from 1 on. */
  readonly line: number
  /** "sh"; nothing where the fence says nothing. */
  readonly language: string
  /** What stands behind the language: "refused". */
  readonly info: string
  readonly text: string
  /** Whether no other text than "prints" or the like stands between it and the block before. */
  readonly follows: boolean
}

/** Every page that readers are given, README.md first. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  ...globSync(['docs/**/*.md', 'skills/**/*.md', 'llms.txt'], { cwd: root }).sort(),
].map((path) => path.replaceAll('\\', '/'))

export const textOf = (page: string): string => readFileSync(`${root}${page}`, 'utf8')

/** All blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  const found: Block[] = []
  let open:
    | { readonly fence: string; readonly line: number; readonly head: string; readonly follows: boolean }
    | undefined
  let lines: string[] = []
  let wordsSince = Number.POSITIVE_INFINITY
  for (const [at, line] of textOf(page).split('\n').entries()) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (open === undefined) {
      if (fence) {
        open = { fence: fence[1] ?? '', line: at + 1, head: (fence[2] ?? '').trim(), follows: wordsSince < 4 }
        lines = []
      } else wordsSince += line.split(/\s+/).filter(Boolean).length
    } else if (fence?.[1]?.startsWith(open.fence) && fence[2]?.trim() === '') {
      const [language = '', ...info] = open.head.split(/\s+/)
      found.push({
        page,
        line: open.line,
        language,
        info: info.join(' '),
        text: lines.join('\n'),
        follows: open.follows,
      })
      open = undefined
      wordsSince = 0
    } else lines.push(line)
  }
  if (open) throw new Error(`${page}:${open.line}: this block has no end`)
  return found
}

/** The name that the first line gives a block: "# shop-down.yaml", "// pay.mjs". */
export const fileNameOf = ({ text }: Block): string | undefined =>
  /^(?:#|\/\/|<!--) *((?:[\w.-]+\/)*[\w-]+(?:\.[\w-]+)*\.\w+)(?: *-->)?$/m.exec(text.split('\n', 1)[0] ?? '')?.[1]
