import { type Fault, told } from '../text/fault.ts'

/** What somebody gave for a setting, and where. */
export interface Given {
  /** "flag --port", "variable PORT", "file shop.yaml". */
  readonly from: string
  /** What a file would say. */
  readonly found: unknown
  /** Where it stands, for people: "--port", "shop.yaml". */
  readonly at: string
  /** If it stands in a file: its key, the line of a fault, and the folder that paths are meant from. */
  readonly inFile?: {
    readonly key: string
    readonly folder: string
    readonly lineOf: (fault: Fault) => number | undefined
  }
}

/** A fault of it in one line. */
export function toldOf({ at, inFile }: Given, { path, ...fault }: Fault): string {
  // In "a, b" the number of the item helps nobody.
  if (!inFile) return `${at}: ${told({ ...fault, path: path.filter((part) => !/^\d+$/.test(part)) }, undefined)}`
  const inWhole = { ...fault, path: [inFile.key, ...path] }
  return `${at}: ${told(inWhole, inFile.lineOf(inWhole))}`
}
