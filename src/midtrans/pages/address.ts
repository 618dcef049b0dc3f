import type { FastifyRequest } from 'fastify'
import type { Locale } from '../settings.ts'

/** What pages take from the query of their address. */
type Parameter = 'lang' | 'fill' | 'waiting'

const locales: Readonly<Record<string, Locale>> = { id: 'id-ID', en: 'en-EN' }

/** Fastify's own: texts by name, or lists where a name comes twice. */
export function parameter({ query }: FastifyRequest, name: Parameter): string | undefined {
  const value = (query as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : undefined
}

/** The language that the payer has chosen; undefined: none, so that of the merchant counts. */
export const chosenLocale = (request: FastifyRequest): Locale | undefined => locales[parameter(request, 'lang') ?? '']

/** A page that waits asks every other second: a tab that was left open would fill the journal. */
export const isPoll = (request: FastifyRequest): boolean => parameter(request, 'waiting') !== undefined

export const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? ''

/**
 * Where a request stands, with these parameters changed; without what was for one look only, such as a field that is
 * filled in.
 */
export function addressOf(request: FastifyRequest, changes: Readonly<Partial<Record<Parameter, string>>> = {}): string {
  const path = pathOf(request)
  const parameters = new URLSearchParams(request.url.slice(path.length))
  for (const once of ['fill', 'waiting']) parameters.delete(once)
  for (const [name, value] of Object.entries(changes)) parameters.set(name, value)
  return parameters.size === 0 ? path : `${path}?${parameters}`
}

/** The address of another page of ours, in the same language. */
export function addressIn(request: FastifyRequest, path: string, more = ''): string {
  const lang = chosenLocale(request) && `lang=${parameter(request, 'lang')}`
  const query = [lang, more].filter(Boolean).join('&')
  return query === '' ? path : `${path}?${query}`
}
