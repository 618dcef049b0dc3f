import { pictureOf } from './picture.ts'
import type { View, Visit } from './visit.ts'

/** What is remembered of anything that has an id, also where nothing came of it. */
export function story({ sandbox, base, params }: Visit): View {
  const { id = '' } = params
  return { title: `Timeline of ${id}`, picture: pictureOf(sandbox, base, id) }
}
