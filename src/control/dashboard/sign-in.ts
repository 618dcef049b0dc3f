import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AdminAccess, isSame } from '../admin/access.ts'
import { textsOf } from './visit.ts'

const cookie = 'midtrans-emulator'

/** POST /dashboard/sign-in: where the emulator was started with an admin token, nothing is shown to whoever has not named it. */
export function signIn(app: FastifyInstance, { token }: AdminAccess): void {
  if (token === '') return
  // Nothing of the token: a cookie is kept in places where nobody looks for secrets.
  const pass = randomBytes(32).toString('base64url')

  app.addHook('onRequest', async (request, reply) => {
    const isAtDoor = request.method === 'POST' && request.routeOptions.url === '/dashboard/sign-in'
    if (isAtDoor || isSame(passIn(request), pass)) return undefined
    return reply.code(401).view('dashboard/sign-in.eta', { wasWrong: false, back: backOf(request.url) })
  })

  app.post('/dashboard/sign-in', async (request, reply) => {
    const { token: shown = '', back = '' } = textsOf(request.body)
    if (!isSame(shown, token)) {
      return reply.code(401).view('dashboard/sign-in.eta', { wasWrong: true, back: backOf(back) })
    }
    reply.header('set-cookie', `${cookie}=${pass}; Path=/dashboard; HttpOnly; SameSite=Strict`)
    return reply.redirect(backOf(back), 303)
  })
}

/** Of our own pages only, so that no link here leads elsewhere. */
export const backOf = (address: string): string =>
  /^\/dashboard(?:[/?][!-[\]-~]*)?$/.test(address) ? address : '/dashboard'

function passIn({ headers }: FastifyRequest): string {
  const pairs = (headers.cookie ?? '').split(/; */)
  return pairs.find((pair) => pair.startsWith(`${cookie}=`))?.slice(cookie.length + 1) ?? ''
}
