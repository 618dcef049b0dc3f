import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { packageFile } from '../package-files.ts'
import type { PlainAbout } from './api-docs/plain.ts'

const type = 'text/markdown; charset=utf-8'

/**
 * GET /llms.txt: what the emulator is, and where to read on, for agents that write code; and what it leads to, at the
 * same addresses as in the package. Read when asked for.
 */
export function packageDocs(app: FastifyInstance, _options: object, done: () => void): void {
  const file = (path: string, summary: string) => {
    const plain: PlainAbout = { summary, type }
    app.get(`/${path}`, { config: { plain } }, async (_request, reply) => reply.type(type).send(await textOf(path)))
  }
  file('llms.txt', 'What the emulator is, for agents that write code')
  file('README.md', 'The first page of the documentation')
  file('skills/midtrans-emulator/SKILL.md', 'How an agent works with the emulator')
  const plain: PlainAbout = {
    summary: 'A page of the documentation',
    type,
    params: { page: ['A name that llms.txt tells.', 'control.md'] },
  }
  // Of this form only, so that no address leads out of the folder.
  app.get<{ Params: { page: string } }>(
    '/docs/:page(^[A-Za-z-]{1,50}\\.md$)',
    { config: { plain } },
    async (request, reply) => {
      const text = await textOf(`docs/${request.params.page}`).catch(() => undefined)
      if (text === undefined) return reply.callNotFound()
      return reply.type(type).send(text)
    },
  )
  done()
}

const textOf = (path: string): Promise<string> => readFile(packageFile(path), 'utf8')
