import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError, invalidAll } from '../errors.ts'
import { faults } from '../faults/index.ts'
import type { SandboxDoor, SandboxFinder } from '../world.ts'
import { sendJson, sendSafe } from './answer.ts'
import { serverKeyOf } from './auth.ts'
import { parseBody } from './body.ts'
import type { Dialect } from './dialect.ts'
import type { MerchantApi } from './request.ts'
import { keepBody, note, noteIfKnown, paramsOf, watch } from './request-log.ts'
import type { Routes } from './routes.ts'
import { validationMessages } from './validation.ts'

export interface MerchantApiOptions {
  readonly sandboxes: SandboxFinder
  readonly routes: Routes
}

/** The manners of all APIs for merchants: authentication, bodies, journal, faults; and errors, in their dialect. */
export function merchantApi(
  app: FastifyInstance,
  { sandboxes, routes }: MerchantApiOptions,
  dialect: Dialect,
): MerchantApi {
  app.decorateRequest('sandbox', undefined)
  app.decorateRequest('marks')
  app.decorateRequest('noted')
  app.decorateRequest('bodyFault', undefined)
  app.removeAllContentTypeParsers()
  // Under no type as well; whatever type a request names is taken for this one below.
  app.addContentTypeParser(['application/json', '*'], { parseAs: 'string' }, (request, text, parsed) => {
    keepBody(request, String(text))
    try {
      parsed(null, parseBody(String(text)))
    } catch (error) {
      // A gateway that is broken does not look at bodies: what breaks the transport comes first.
      request.bodyFault = error as GatewayError
      parsed(null, undefined)
    }
  })

  app.addHook('onRequest', (request, reply, next) => {
    watch(request, reply)
    try {
      // Some of what is missing is called by browsers, which have no server key: they shall learn that it is missing.
      if (request.routeOptions.config.isMissing) {
        noteIfKnown(request, sandboxes)
        return next()
      }
      const sandbox = sandboxes.ofServerKey(serverKeyOf(request.headers.authorization))
      if (!sandbox) return next(new GatewayError('unknown-key'))
      request.sandbox = sandbox
      note(request, sandbox, 'merchant', paramsOf(request))
      tellOfItself(request, reply, sandbox)
      next()
    } catch (error) {
      next(error as Error)
    }
  })
  // Once it is noted as it was.
  app.addHook('onRequest', ({ headers }, _reply, next) => {
    // Clients name types of their own, and some that are none (recordings.md, what each client sends).
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/json'
    next()
  })
  app.setErrorHandler<FastifyError | GatewayError>((error, request, reply) =>
    answerError(error, request, reply, { sandboxes, dialect }),
  )
  app.addHook('onRoute', routes.note)
  faults(app, dialect)
  app.addHook('preValidation', ({ bodyFault }, _reply, next) => next(bodyFault))
  return app.withTypeProvider<TypeBoxTypeProvider>()
}

/** Headers by which nobody takes the emulator for the real thing. */
function tellOfItself({ marks }: FastifyRequest, reply: FastifyReply, { settings }: SandboxDoor): void {
  if (settings.emulatorHeaders === 'off') return
  reply.headers({ 'x-emulator-sandbox': settings.merchantId, 'x-emulator-request-id': marks.requestId })
}

async function answerError(
  error: FastifyError | GatewayError,
  request: FastifyRequest,
  reply: FastifyReply,
  { sandboxes, dialect }: { readonly sandboxes: SandboxFinder; readonly dialect: Dialect },
) {
  const refusal = asRefusal(error, dialect)
  if (!refusal) {
    // What the framework refuses by itself: a body over the limit, a broken request.
    if (error instanceof Error && 'statusCode' in error && error.statusCode && error.statusCode < 500) {
      return sendJson(reply, error.statusCode, { message: error.message })
    }
    request.log.error(error)
    return sendJson(reply, 500, dialect.failure())
  }
  try {
    const quirks = request.sandbox?.settings.quirks ?? sandboxes.quirks
    // In a step of its own: what was refused is undone, and with it the number of its id.
    const answer = () => dialect.refusal(refusal, quirks)
    const { httpStatus, body } = request.sandbox?.perform(answer, undefined) ?? answer()
    return await sendSafe(request, reply, httpStatus, body)
  } catch (failure) {
    request.log.error(failure)
    return sendJson(reply, 500, dialect.failure())
  }
}

function asRefusal(error: FastifyError | GatewayError, { root }: Dialect): GatewayError | undefined {
  if (error instanceof GatewayError) return error
  return error.validation && invalidAll(validationMessages(error.validation, root))
}
