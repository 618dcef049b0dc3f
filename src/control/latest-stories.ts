import { entriesAfter, type JournalEntry } from './journal-entries.ts'
import { maskedEntry } from './timeline/story.ts'
import type { Remembered } from './timeline/subject.ts'
import { linesOf, oneLine } from './timeline/text.ts'
import { wentWrong } from './timeline/went-wrong.ts'

/** What happened to one order, one account, or neither. */
interface SubjectStory {
  readonly title: string
  readonly hasFailed: boolean
  readonly entries: readonly JournalEntry[]
}

interface Most {
  /** How many stories. */
  readonly stories: number
  /** How many lines of each. */
  readonly lines: number
}

/** A line is to be read at a glance, and some addresses are long. */
const mostOfLine = 300

/** The latest stories as lines for people: those first in which something went wrong. */
export function latestStories(remembered: Remembered, masked: (text: string) => string, most: Most): string {
  const entries = entriesAfter(remembered, 0).filter((entry) => entry.kind !== 'request' || entry.from === 'merchant')
  const all = [...Map.groupBy(entries, titleOf)]
    .map(([title, own]): SubjectStory => ({ title, hasFailed: own.some(wentWrong), entries: own }))
    .toSorted((one, other) => Number(other.hasFailed) - Number(one.hasFailed) || lastOf(other) - lastOf(one))
  const omitted = all.length - most.stories
  return [
    ...all.slice(0, most.stories).map((story) => textOf(story, masked, most.lines)),
    ...(omitted > 0 ? [`and ${omitted} more; GET /__admin/timeline/{order_id} tells one\n`] : []),
  ].join('\n')
}

const titleOf = ({ orderId, accountId }: JournalEntry): string => {
  if (orderId !== undefined) return `order ${orderId}`
  return accountId === undefined ? 'neither order nor account' : `account ${accountId}`
}

const lastOf = ({ entries }: SubjectStory): number => entries.at(-1)?.seq ?? 0

function textOf({ title, hasFailed, entries }: SubjectStory, masked: (text: string) => string, most: number): string {
  const shown = entries.slice(-most).map((entry) => maskedEntry(entry, masked))
  const earlier = entries.length - shown.length
  return [
    `${oneLine(masked(title)).slice(0, mostOfLine)}${hasFailed ? ': something went wrong' : ''}`,
    ...(earlier > 0 ? [`  ... ${earlier} earlier lines`] : []),
    ...linesOf(shown).map((line) => `  ${line.slice(0, mostOfLine)}`),
    '',
  ].join('\n')
}
