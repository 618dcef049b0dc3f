import { wireTime } from '../../midtrans/wire-time.ts'
import type { Entry, Story } from './entry.ts'

/** A story as lines for people: the sandbox's time in WIB, who to whom, what. */
export function text({ subject, entries, dropped }: Story): string {
  const head = `${oneLine(subject)}, times in WIB (GMT+7)`
  return `${[head, ...missing(dropped), ...linesOf(entries)].join('\n')}\n`
}

/** A line each. */
export function linesOf(entries: readonly Line[]): string[] {
  const arrows = entries.map(arrow)
  const width = Math.max(0, ...arrows.map(({ length }) => length))
  return entries.map(
    ({ at, title }, index) => `${wireTime(at)}  ${(arrows[index] ?? '').padEnd(width)}  ${oneLine(title)}`,
  )
}

type Line = Pick<Entry, 'at' | 'from' | 'to' | 'title'>

const arrow = ({ from, to }: Line): string => (from === to ? from : `${from} -> ${to}`)

function missing({ requests, happenings, entries }: Story['dropped']): string[] {
  return [
    ...(entries > 0 ? [`Not shown: ${entries} earlier lines`] : []),
    ...(requests + happenings > 0
      ? [`Not remembered, of the whole sandbox: ${requests} requests and ${happenings} happenings`]
      : []),
  ]
}

/** No character of a merchant's breaks the line, or drives a terminal. */
export const oneLine = (words: string): string =>
  words.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
