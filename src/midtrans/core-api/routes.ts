import type { RouteOptions } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Midtrans has this endpoint and the emulator does not: it answers 501. */
    readonly isMissing?: true
  }
}

interface Route {
  readonly method: string
  /** As Fastify has it, e.g. "/v2/:id/cancel". */
  readonly url: string
  readonly isEmulated: boolean
}

/** The endpoints of the Core API, noted as they are registered: to tell what exists where something else is asked for. */
export class Routes {
  readonly #routes: Route[] = []

  /** A hook of Fastify. */
  readonly note = ({ method, url, config }: RouteOptions): void => {
    const isEmulated = !config?.isMissing
    // HEAD comes along with each GET.
    for (const each of [method].flat()) if (each !== 'HEAD') this.#routes.push({ method: each, url, isEmulated })
  }

  /** As the documentation writes them: "POST /v2/{id}/cancel". */
  get emulated(): readonly string[] {
    return this.#routes.filter(({ isEmulated }) => isEmulated).map(routeName)
  }

  /** The methods that a path can be asked with; none: there is no such path. */
  methodsOf(path: string): readonly string[] {
    return this.#routes.filter(({ url }) => patternOf(url).test(path)).map(({ method }) => method)
  }
}

/** ":id", or with a form of its own: ":bin(^\\d+$)". */
const parameters = /:(\w+)(?:\(\^([^)]*)\$\))?/g

const patternOf = (url: string) =>
  new RegExp(`^${url.replace(parameters, (_parameter, _name, form?: string) => form ?? '[^/]+')}$`)

export const routeName = ({ method, url }: Pick<Route, 'method' | 'url'>): string =>
  `${method} ${url.replace(parameters, '{$1}')}`
