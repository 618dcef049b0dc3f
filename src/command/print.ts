import { styleText } from 'node:util'
import { wireTime } from '../midtrans/wire-time.ts'

/** An answer: as JSON, or as lines for people. */
export function print(isJson: boolean, value: unknown, lines: readonly string[]): void {
  const text = isJson ? JSON.stringify(value) : lines.map(shownText).join('\n')
  if (text !== '') console.log(text)
}

/** Lines as they may be shown: what others have named (an order_id, say) drives no terminal; on one, colours do. */
export const shownText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (character, at: number) => {
    const isOurs = character === '\n' || (process.stdout.isTTY && colour.test(text.slice(at)))
    return isOurs ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`
  })

const colour = /^.\[\d{0,3}m/

/** Columns below each other, two spaces apart; all texts of a row but the last are padded. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length)
  }
  return rows.map((row) =>
    row
      .map((text, column) => (column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** A time of the admin API, as merchants are told it (WIB). */
export const shownTime = (iso: string): string => wireTime(Date.parse(iso))

/** Where stdout is a terminal that shows colours, and nobody has said NO_COLOR. */
export const coloured = (colour: 'dim' | 'red' | 'green' | 'yellow', text: string): string =>
  styleText(colour, text, { stream: process.stdout })

export const dimmed = (text: string): string => coloured('dim', text)
