/** What is wrong at a place of a file. */
export interface Fault {
  readonly path: readonly string[]
  /** Points at the key and not at its value. */
  readonly isKey?: boolean
  readonly text: string
}

/** "line 3: steps.0.call: found ..., expected ..."; without a line where none is known. */
export function told({ path, text }: Fault, line: number | undefined): string {
  const at = [...(line === undefined ? [] : [`line ${line}`]), path.map(inLine).join('.')].filter((part) => part !== '')
  return [...at, text].join(': ')
}

/** A key may be any text, lines included. */
const inLine = (key: string): string => (/^\P{Cc}{1,100}$/u.test(key) ? key : shown(key))

/** A value in few words. */
export function shown(value: unknown, most = 100): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > most ? `${text.slice(0, most)}...` : text
}
