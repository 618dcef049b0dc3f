import type { Fault } from './fault.ts'

/** More than this is nothing that people write. */
export const mostBytes = 1_048_576

/** However short the text, what it stands for must fit into the memory. */
const mostAliases = 100

/** A text of YAML, and where in it something stands. */
export interface Document {
  readonly value: unknown
  readonly lineOf: (fault: Fault) => number | undefined
  readonly faults?: undefined
}

/** Reads YAML; as it holds JSON, one parser reads both. What is no YAML is told in lines that name line and column. */
export async function readDocument(text: string): Promise<Document | { readonly faults: readonly string[] }> {
  // Only whoever has such texts pays for this.
  const { parseDocument, LineCounter, isMap, isNode } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ message }) => (message.split('\n')[0] ?? '').replace(/:$/, '')) }
  }
  const keyNode = (map: unknown, name: string | undefined): unknown =>
    isMap(map) ? map.items.find(({ key }) => isNode(key) && key.toJSON() === name)?.key : undefined
  const lineOf = ({ path, isKey }: Fault): number | undefined => {
    // What is missing is told of where it should stand.
    const node = isKey ? keyNode(document.getIn(path.slice(0, -1), true), path.at(-1)) : document.getIn(path, true)
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined
  }
  try {
    return { value: document.toJS({ maxAliasCount: mostAliases }), lineOf }
  } catch (error) {
    // An alias of nothing, or too many of aliases.
    if (error instanceof ReferenceError) return { faults: [error.message] }
    throw error
  }
}
