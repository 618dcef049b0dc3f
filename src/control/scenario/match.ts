import { wildcard } from '../../engine/scenarios/rule.ts'
import { shown } from '../../text/fault.ts'

/**
 * Why a value is not as expected, one sentence a difference; none: it is. Of objects only the keys that are named count
 * (null: it must be absent), lists are as long as they are written, `*` stands for any characters of a text and, alone,
 * for anything that is there.
 */
export function differences(expected: unknown, found: unknown, path = ''): string[] {
  const differs = () => [
    `${path === '' ? '' : `${path}: `}expected ${shownExpected(expected)}, found ${shown(found, 300)}`,
  ]
  if (expected === null) return found === undefined || found === null ? [] : differs()
  if (expected === '*') return found === undefined || found === null ? differs() : []
  if (typeof expected === 'string') return typeof found === 'string' && wildcard(expected, found) ? [] : differs()
  if (typeof expected !== 'object') return expected === found ? [] : differs()
  if (typeof found !== 'object' || found === null) return differs()
  const inside = path === '' ? '' : `${path}.`
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return differs()
    return expected.flatMap((each, index) => differences(each, found[index], inside + index))
  }
  const fields = new Map(Object.entries(found))
  return Object.entries(expected).flatMap(([key, each]) => differences(each, fields.get(key), inside + key))
}

const shownExpected = (expected: unknown) => (expected === null ? 'nothing' : shown(expected, 300))
