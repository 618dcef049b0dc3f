import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'
import type { RegisteredEndpoint } from './registration.ts'

const allMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** GET /__admin: what there is. Whoever asks for something else under it is told as well. */
export function indexPage(app: FastifyInstance, endpoints: readonly RegisteredEndpoint[]): void {
  app.get('/__admin', { config: { plain: { summary: 'All calls of the admin API' } } }, () => ({
    ...Object.fromEntries(endpoints.map(({ method, url, about }) => [`${method.toUpperCase()} ${url}`, about.summary])),
    'GET /dashboard/api': 'Both APIs to read and to try, in a browser',
  }))

  const refuse = ({ method, url }: FastifyRequest, reply: FastifyReply) => {
    const [path = ''] = url.split('?')
    const methods = endpoints.filter((each) => patternOf(each.url).test(path)).map((each) => each.method.toUpperCase())
    if (methods.length === 0) throw new Problem(404, 'Not found', `There is no ${method} ${path}`, hint)
    reply.header('allow', methods.join(', '))
    throw new Problem(405, 'Another method', `Found ${method} ${path}, expected ${methods.join(' or ')}`, hint)
  }
  // Before the body is read: whatever it is, it does not matter.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => refuse(request, reply)
  app.route({ method: [...allMethods], url: '/__admin/*', onRequest, handler: refuse })
}

const hint = 'GET /__admin lists what there is.'

const patternOf = (url: string) => new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`)
