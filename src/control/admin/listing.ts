import type { FastifyReply } from 'fastify'
import type { Match } from '../../engine/scenarios/rule.ts'
import type { Query } from './admin-api.ts'
import { filterOf } from './notification-filter.ts'
import { Problem } from './problem.ts'

/** More than this in one answer helps nobody. */
const mostListed = 1_000

/** The latest of those that are meant, the last one first; the header x-total-count says how many there are. */
export function latestOf<T>(all: Iterable<T>, reply: FastifyReply, isMeant: (each: T) => boolean): readonly T[] {
  const meant = [...all].filter(isMeant)
  reply.header('x-total-count', meant.length)
  return meant.slice(-mostListed).reverse()
}

/** What the query of a long list may say, besides what is looked for. */
export const pageParameters = { page: 'From 1 on.', per_page: 'Up to 1,000.' }

/** Reads the query of a long list: which page of it, and what is looked for. */
export function listing({ page = '1', per_page = String(mostListed), sandbox: _sandbox, ...filter }: Query): {
  readonly filter: Match
  pageOf<T>(all: readonly T[]): readonly T[]
} {
  const perPage = readNumber('per_page', per_page, mostListed)
  const start = (readNumber('page', page, 1_000_000) - 1) * perPage
  return { filter: filterOf(filter), pageOf: (all) => all.slice(start, start + perPage) }
}

/** A whole number from 1 on. Throws a Problem where the text is none. */
export function readNumber(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text)
  throw new Problem(400, 'Bad number', `${name}: found "${text}", expected a number from 1 to ${most}`)
}
