import { Low } from 'lowdb'
import { DataFile } from 'lowdb/node'
import type { StoredRecord } from './store.ts'

/** One file of a log. Each line is a record as it stood after a step. */
export interface Segment {
  readonly number: number
  readonly path: string
  readonly low: Low<string[]>
  rows: number
  bytes: number
}

/** Nothing is read or written yet. */
export function openSegment(number: number, path: string): Segment {
  const file = new DataFile<string[]>(path, {
    // JSON never holds a bare line break, so lines can be told apart without parsing all of them.
    parse: (text) => {
      if (!text.startsWith('[\n') || !text.endsWith('\n]\n')) throw new Error(`${path} is damaged: it is cut off`)
      return text.slice('[\n'.length, -'\n]\n'.length).split(',\n')
    },
    stringify: (lines) => `[\n${lines.join(',\n')}\n]\n`,
  })
  return { number, path, low: new Low(file, []), rows: 0, bytes: 0 }
}

/** Adds a line, to be written with the next `low.write()`. */
export function addLine(segment: Segment, { collection, id, rank, value }: StoredRecord): void {
  const line = JSON.stringify([collection, id, rank, value ?? null])
  segment.low.data.push(line)
  segment.rows++
  segment.bytes += line.length
}

/** Reads the file, and hands over its records, oldest first; they are not kept in the segment. */
export async function readSegment(segment: Segment): Promise<StoredRecord[]> {
  await segment.low.read()
  const lines = segment.low.data
  segment.low.data = []
  segment.rows = lines.length
  try {
    return lines.map((line) => {
      const [collection, id, rank, value] = JSON.parse(line) as [string, string, number, unknown]
      return { collection, id, rank, value: value ?? undefined }
    })
  } catch (error) {
    throw new Error(`${segment.path} is damaged: ${error instanceof Error ? error.message : error}`)
  }
}
