import type { RouteOptions } from 'fastify'
import type { Decidable } from '../outcome.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Midtrans has this endpoint and the emulator does not: it answers 501. */
    readonly isMissing?: true
    /** What an endpoint says of itself. */
    readonly about?: EndpointAbout
  }
}

/** Headers that some endpoints look at, and others do not. */
export type RequestHeader = 'Idempotency-Key' | 'X-Payment-Locale' | 'X-Override-Notification' | 'X-Append-Notification'

/** What an endpoint says of itself; its description is made of this and of the schemas that check its requests. */
export interface EndpointAbout {
  readonly chapter: 'linking' | 'promotions' | 'payments' | 'subscriptions' | 'snap'
  /** One line that tells a stranger what it does. */
  readonly summary: string
  /** What X-Emulator-Outcome decides here. */
  readonly decides?: Decidable
  readonly takes?: readonly RequestHeader[]
  /** The order of these examples to which it can be done; order-1 is paid. */
  readonly order?: 'order-2' | 'order-4'
  /** Bodies, by what they ask for. A text in capitals stands for what an earlier answer has told. */
  readonly examples?: Readonly<Record<string, object>>
}

interface Route {
  readonly method: string
  /** As Fastify has it, e.g. "/v2/:id/cancel". */
  readonly url: string
  readonly isEmulated: boolean
  readonly about: EndpointAbout | undefined
  /** The schemas of body, querystring and params. */
  readonly schema: unknown
}

/** The endpoints of the APIs for merchants, noted as they are registered: to tell what exists where something else is asked for. */
export class Routes {
  readonly #routes: Route[] = []

  /** A hook of Fastify. */
  readonly note = ({ method, url, config, schema }: RouteOptions): void => {
    const isEmulated = !config?.isMissing
    for (const each of [method].flat()) {
      if (each !== 'HEAD') this.#routes.push({ method: each, url, isEmulated, about: config?.about, schema })
    }
  }

  /** What is emulated, with what each says of itself. */
  get all(): readonly Route[] {
    return this.#routes.filter(({ isEmulated }) => isEmulated)
  }

  /** As the documentation writes them: "POST /v2/{id}/cancel". */
  get emulated(): readonly string[] {
    return this.all.map(routeName)
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

export const pathName = (url: string): string => url.replace(parameters, '{$1}')

export const routeName = ({ method, url }: Pick<Route, 'method' | 'url'>): string => `${method} ${pathName(url)}`
