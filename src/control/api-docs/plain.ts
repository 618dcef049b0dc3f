import type { RouteOptions } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What an endpoint outside of both APIs says of itself. */
    readonly plain?: PlainAbout
  }
}

export interface PlainAbout {
  readonly summary: string
  /** What it answers with, where that is no JSON. */
  readonly type?: string
  /** What stands in the place of each `:name` of the address, and an example. */
  readonly params?: Readonly<Record<string, readonly [about: string, example: string]>>
}

/** An endpoint that works without a server key, and belongs to no API. */
export interface PlainEndpoint {
  readonly method: string
  readonly url: string
  readonly about: PlainAbout
}

/** A hook of Fastify: notes those that say something of themselves. */
export const notePlain =
  (endpoints: PlainEndpoint[]) =>
  ({ method, url, config }: RouteOptions): void => {
    const about = config?.plain
    if (about === undefined) return
    // HEAD comes along with each GET.
    for (const each of [method].flat()) if (each !== 'HEAD') endpoints.push({ method: each.toLowerCase(), url, about })
  }
