import { fileURLToPath } from 'node:url'
import view from '@fastify/view'
import { Eta } from 'eta'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { assets } from './assets.ts'
import { type AdminAccess, isOwnHost } from './control/admin/access.ts'
import { adminApi } from './control/admin/index.ts'
import { Problem, sendProblem } from './control/admin/problem.ts'
import type { Documented } from './control/api-docs/documents.ts'
import { notePlain } from './control/api-docs/plain.ts'
import { dashboard } from './control/dashboard/index.ts'
import { health } from './control/health.ts'
import { packageDocs } from './control/package-docs.ts'
import { practiceHandler } from './control/practice-handler.ts'
import { coreDialect } from './midtrans/core-api/dialect.ts'
import { coreApi } from './midtrans/core-api/index.ts'
import { GatewayError, invalid } from './midtrans/errors.ts'
import { isMidtransHost } from './midtrans/hosts.ts'
import { sendJson } from './midtrans/merchant-api/answer.ts'
import type { Dialect, DialectAnswer } from './midtrans/merchant-api/dialect.ts'
import { noteIfKnown, watch } from './midtrans/merchant-api/request-log.ts'
import { Routes } from './midtrans/merchant-api/routes.ts'
import { otherProduct } from './midtrans/other-products.ts'
import { pages } from './midtrans/pages/index.ts'
import type { Quirks } from './midtrans/quirks.ts'
import { withoutTokens } from './midtrans/secrets.ts'
import { snapDialect } from './midtrans/snap/dialect.ts'
import { snapApi } from './midtrans/snap/index.ts'
import { snapPage } from './midtrans/snap/page/index.ts'
import { subscriptionDialect } from './midtrans/subscriptions/dialect.ts'
import { subscriptionApi } from './midtrans/subscriptions/index.ts'
import type { SandboxFinder } from './midtrans/world.ts'
import { packageFile } from './package-files.ts'
import type { Sandboxes } from './sandboxes.ts'
import { lazySchemas } from './validators.ts'

/** Longest body that is read. UNCERTAIN: Midtrans's own limit is not documented. */
const bodyLimit = 1_048_576

export interface ServerConfig {
  readonly logLevel: string
  /** Undefined: there is no admin API. */
  readonly admin: AdminAccess | undefined
  /** The certificate of the CA, as PEM, where the emulator speaks HTTPS. */
  readonly certificate?: string | undefined
}

/** Builds the whole application; never listens. */
export async function buildServer(sandboxes: Sandboxes, config: ServerConfig): Promise<FastifyInstance> {
  const { logLevel } = config
  const app = Fastify({
    bodyLimit,
    // Whoever sends half a request does not hold a connection for ever.
    requestTimeout: 60_000,
    // Some clients send the whole address to a proxy, even for https.
    rewriteUrl: ({ url = '/' }) => url.replace(/^https?:\/\/[^/?]*/i, '') || '/',
    // A path that cannot be decoded never reaches a plugin.
    frameworkErrors: (error, request, reply) => badRequest(error, request, reply, sandboxes),
    schemaController: lazySchemas,
    logger: logLevel === 'silent' ? false : { level: logLevel, serializers: { req: loggedRequest } },
    logController: new Fastify.LogController({ disableRequestLogging: logLevel !== 'info' && logLevel !== 'debug' }),
    // An order_id has up to 50 characters, each of which may be percent-encoded as three.
    routerOptions: { maxParamLength: 500 },
    // Half of all routes, which a cold start pays for: HEAD is for those that are watched, and for files.
    exposeHeadRoutes: false,
    // Behind a proxy or in another container the links have to begin with the name that the merchant used.
    trustProxy: true,
    // A shutdown does not wait for clients that keep their connections.
    forceCloseConnections: true,
  })
  // Whoever gets as far as this asks for what is not there: the body does not matter.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, body, done) => {
    body.resume()
    done(null)
  })
  app.addHook('onRequest', (request, reply, next) => {
    const problem = foreignAddress(request)
    if (problem) sendProblem(reply, problem)
    else next()
  })
  const routes = new Routes()
  const documented: Documented = { core: routes, admin: [], plain: [] }
  app.addHook('onRoute', notePlain(documented.plain))
  app.setNotFoundHandler((request, reply) => notFound(request, reply, routes, sandboxes))

  await app.register(health, { sandboxes, hasDashboard: config.admin !== undefined, endpoints: () => routes.emulated })
  await app.register(coreApi, { sandboxes, routes })
  await app.register(snapApi, { sandboxes, routes })
  await app.register(subscriptionApi, { sandboxes, routes })
  await app.register(assets)
  await app.register(practiceHandler)
  await app.register(packageDocs)
  // In a scope of its own: the view plugin adds a hook to every request of its scope.
  await app.register((scope, _options, done) => {
    scope.register(view, { engine: { eta: new Eta() }, root: fileURLToPath(packageFile('views/')), production: true })
    scope.register(pages, { sandboxes })
    scope.register(snapPage, { sandboxes })
    if (config.admin) scope.register(dashboard, { sandboxes, access: config.admin, documented })
    done()
  })
  if (config.admin)
    await app.register(adminApi, { sandboxes, access: config.admin, documented, certificate: config.certificate })
  return app
}

/** What the log tells of a request: no key and no token that stands in its address. */
const loggedRequest = ({ method, url, host, ip }: FastifyRequest) => ({
  method,
  url: withoutTokens(url),
  host,
  remoteAddress: ip,
})

/** The ways in which merchants are answered. */
const dialects: readonly Dialect[] = [coreDialect, snapDialect, subscriptionDialect]

/** That of a path; undefined: no merchant's. */
const dialectOf = (path: string) => dialects.find(({ paths }) => paths.test(path))

function badRequest(error: Error, request: FastifyRequest, reply: FastifyReply, sandboxes: SandboxFinder) {
  noteMiss(request, reply, sandboxes)
  const dialect = dialectOf(pathOf(request))
  if (dialect) return refuse(reply, invalid('request path is invalid'), dialect, sandboxes.quirks)
  return sendProblem(reply, new Problem(400, 'Bad request', error.message))
}

/** Whoever takes the emulator for a proxy of plain HTTP asks for whole addresses. It answers for Midtrans's alone. */
function foreignAddress({ originalUrl: url }: FastifyRequest): Problem | undefined {
  if (url.startsWith('/')) return undefined
  const host = URL.parse(url)?.hostname ?? ''
  if (isMidtransHost(host) || isOwnHost(host)) return undefined
  const hint = 'Name other hosts in NO_PROXY.'
  return new Problem(403, 'Another host', `Found ${host || url}, expected a host of Midtrans's sandbox`, hint)
}

/** What a merchant asked for in vain belongs to the journal of its key as well. */
function noteMiss(request: FastifyRequest, reply: FastifyReply, sandboxes: SandboxFinder): void {
  watch(request, reply)
  if (!request.url.startsWith('/__admin')) noteIfKnown(request, sandboxes)
}

function notFound(request: FastifyRequest, reply: FastifyReply, routes: Routes, sandboxes: SandboxFinder) {
  noteMiss(request, reply, sandboxes)
  const path = pathOf(request)
  const asked = `${request.method} ${request.url}`
  // UNCERTAIN: whether Midtrans looks at the key or at the method first.
  const dialect = dialectOf(path)
  const methods = dialect ? routes.methodsOf(path) : []
  if (dialect && methods.length > 0) {
    const feature = `found ${request.method}, expected ${methods.join(' or ')}`
    const refusal = new GatewayError('method-not-allowed', { feature })
    return refuse(reply.header('allow', methods.join(', ')), refusal, dialect, sandboxes.quirks)
  }
  if (dialect) return sendAnswer(reply, dialect.unknownPath(asked))
  const product = otherProduct(path)
  if (product) return sendJson(reply, 501, product)
  const hint =
    'The Core API is under /v2, subscriptions under /v1/subscriptions, Snap under /snap, the admin API under /__admin.'
  return sendProblem(reply, new Problem(404, 'Not found', `There is no ${asked}`, hint))
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''

const refuse = (reply: FastifyReply, error: GatewayError, dialect: Dialect, quirks: Quirks) =>
  sendAnswer(reply, dialect.refusal(error, quirks))

const sendAnswer = (reply: FastifyReply, { httpStatus, body }: DialectAnswer) => sendJson(reply, httpStatus, body)
