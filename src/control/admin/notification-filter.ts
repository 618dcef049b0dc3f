import { Type } from 'typebox'
import type { Match } from '../../engine/scenarios/rule.ts'

/** Which notifications are meant: any field of the body, and id, event, reference, url, state, because. */
export const NotificationFilter = Type.Record(
  Type.String({ maxLength: 100 }),
  Type.Union([Type.String({ maxLength: 2_000 }), Type.Number()]),
  {
    maxProperties: 20,
    description:
      'Any field of the body, and id, event, reference, url, state, because; `*` in texts stands for any characters.',
  },
)

/** Amounts are texts on the wire: whoever writes a number means that text. Absent parameters are no facts. */
export const filterOf = (filter: Readonly<Record<string, string | number | undefined>>): Match =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
