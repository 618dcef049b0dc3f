import { styleText } from 'node:util'

/** An answer: as JSON, or as lines for people. */
export function print(isJson: boolean, value: unknown, lines: readonly string[]): void {
  const text = isJson ? JSON.stringify(value) : lines.join('\n')
  if (text !== '') console.log(text)
}

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

/** Where the stream is a terminal that shows colours, and nobody has said NO_COLOR. */
export const dimmed = (text: string): string => styleText('dim', text, { stream: process.stdout })
