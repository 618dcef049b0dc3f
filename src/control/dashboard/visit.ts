import type { FastifyRequest } from 'fastify'
import type { Sandbox } from '../../sandbox.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import { Problem } from '../admin/problem.ts'
import { ownUrl } from '../own-url.ts'

/** Somebody looks at a page of one sandbox. */
export interface Visit {
  readonly sandbox: Sandbox
  readonly sandboxes: Sandboxes
  /** The address that all pages of the sandbox begin with: /dashboard/G123456789. */
  readonly base: string
  /** Path and query of this page. */
  readonly here: string
  /** Where the browser has reached the emulator: http://localhost:8765. */
  readonly origin: string
  /** Where the emulator reaches itself. */
  readonly ownUrl: string
  readonly query: Texts
  readonly params: Texts
}

type Texts = Readonly<Record<string, string | undefined>>

/** What the template of a page gets, besides the frame around it. */
export interface View {
  readonly title: string
  readonly [field: string]: unknown
}

/** The view of a page. Throws a Problem where there is no such thing. */
export type Page = (visit: Visit) => View | Promise<View>

/** The sandbox in the address of a page, after all that is due has happened in it. Throws a Problem where none is called so. */
export function visitOf(request: FastifyRequest, sandboxes: Sandboxes): Visit {
  const params = textsOf(request.params)
  const sandbox = sandboxCalled(sandboxes, params.sandbox ?? '')
  sandbox.time.catchUp()
  return {
    sandbox,
    sandboxes,
    base: baseOf(sandbox),
    here: request.url,
    origin: `${request.protocol}://${request.host}`,
    ownUrl: ownUrl(request),
    query: textsOf(request.query),
    params,
  }
}

export const baseOf = ({ settings }: Sandbox): string => `/dashboard/${inPath(settings.merchantId)}`

/** A text as a part of an address. An order_id may hold half of a character, which no address can. */
export const inPath = (text: string): string => encodeURIComponent(text.toWellFormed())

/** The same address with another value of a parameter, and without the note that has been shown there. */
export function withParameter(address: string, name: string, value: string): string {
  const url = new URL(address, 'http://localhost')
  url.searchParams.delete('told')
  url.searchParams.set(name, value)
  return url.pathname + url.search
}

function sandboxCalled(sandboxes: Sandboxes, merchantId: string): Sandbox {
  const [sandbox] = sandboxes.ofMerchantId(merchantId)
  if (sandbox) return sandbox
  const hint = 'A sandbox is gone once the emulator was restarted without --data, or somebody has deleted it.'
  throw new Problem(404, 'No such sandbox', `No open sandbox has the merchant_id ${merchantId}.`, hint)
}

/** The texts among what a query or a form says; of those that come several times, the last one. */
export function textsOf(fields: unknown): Texts {
  const entries = Object.entries(typeof fields === 'object' && fields !== null ? fields : {})
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value
      return typeof last === 'string' ? [[name, last]] : []
    }),
  )
}
