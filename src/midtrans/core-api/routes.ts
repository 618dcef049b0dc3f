import type { RouteOptions } from 'fastify'

interface Route {
  readonly method: string
  /** As Fastify has it, e.g. "/v2/:id/cancel". */
  readonly url: string
}

/** The endpoints of the Core API, noted as they are registered: to tell what exists where something else is asked for. */
export class Routes {
  readonly #routes: Route[] = []

  /** A hook of Fastify. */
  readonly note = ({ method, url }: RouteOptions): void => {
    // HEAD comes along with each GET.
    for (const each of [method].flat()) if (each !== 'HEAD') this.#routes.push({ method: each, url })
  }

  get all(): readonly Route[] {
    return this.#routes
  }

  /** The methods that a path can be asked with; none: there is no such path. */
  methodsOf(path: string): readonly string[] {
    return this.#routes.filter(({ url }) => patternOf(url).test(path)).map(({ method }) => method)
  }
}

const patternOf = (url: string) => new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`)

/** As the documentation writes paths: "POST /v2/{id}/cancel". */
export const routeName = ({ method, url }: Route): string => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`
