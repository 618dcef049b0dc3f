import type { Entry, Party, Story } from './entry.ts'

const participants: Readonly<Record<Exclude<Party, 'clock'>, string>> = {
  merchant: 'Merchant',
  emulator: 'Emulator',
  payer: 'Payer',
}

/** A story as a sequence diagram of Mermaid. */
export function mermaid({ entries, dropped }: Story): string {
  const lines = [
    'sequenceDiagram',
    ...Object.values(participants).map((name) => `participant ${name}`),
    ...(dropped.entries > 0 ? [`Note over Merchant,Payer: ${label(`${dropped.entries} earlier entries`)}`] : []),
    ...entries.map(line),
  ]
  return `${lines.join('\n    ')}\n`
}

function line({ from, to, kind, title, details }: Entry): string {
  if (from === 'clock' || kind === 'settings' || kind === 'reset') return `Note over Merchant,Payer: ${label(title)}`
  const [sender, receiver] = [participants[from], to === 'clock' ? participants.emulator : participants[to]]
  if (sender === receiver) return `Note over ${sender}: ${label(title)}`
  const isLost = details.error !== undefined || details.state === 'broken off'
  const arrow = isLost ? '-x' : kind === 'answer' ? '-->>' : '->>'
  return `${sender}${arrow}${receiver}: ${label(title)}`
}

const mostOfLabel = 200

/**
 * A text that means nothing to Mermaid: whatever is no plain character is written as its number, and so is the e of
 * "end", which would end a block.
 */
const label = (text: string): string =>
  shortened(text)
    .replace(/[^\w .,/()-]/gu, entity)
    .replace(/\bend\b/gi, (word) => `${entity(word.charAt(0))}${word.slice(1)}`)

const shortened = (text: string): string =>
  text.length > mostOfLabel ? `${text.slice(0, mostOfLabel).toWellFormed()}...` : text

const entity = (character: string): string => `#${character.codePointAt(0)};`
