import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PlainAbout } from './api-docs/plain.ts'

const plain: PlainAbout = {
  summary: 'A notification handler for whoever has none yet: it answers with this status',
  params: { status: ['200 to 599.', '200'] },
}

/**
 * POST /practice/notifications/{status}: a notification handler for whoever has none yet. It answers with this status,
 * 200 to 599, and keeps nothing: what was sent stands in the notifications of the sandbox.
 */
export function practiceHandler(app: FastifyInstance, _options: object, done: () => void): void {
  app.post(
    '/practice/notifications/:status',
    { config: { plain } },
    (request: FastifyRequest<{ Params: { status: string } }>, reply) => {
      const { status } = request.params
      const isStatus = /^[2-5]\d\d$/.test(status)
      return reply.code(isStatus ? Number(status) : 404).send({ practice: isStatus ? 'received' : 'no such status' })
    },
  )
  done()
}
