import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { Sandboxes } from '../../sandboxes.ts'
import { type AdminAccess, foreignRequest } from '../admin/access.ts'
import { Problem } from '../admin/problem.ts'
import type { Documented } from '../api-docs/documents.ts'
import { account } from './account.ts'
import { accounts } from './accounts.ts'
import { apiDocs } from './api-docs.ts'
import { calls } from './call.ts'
import { clock } from './clock.ts'
import { connect } from './connect.ts'
import { events } from './events.ts'
import { find } from './find.ts'
import { frame } from './frame.ts'
import { home } from './home.ts'
import { ledger } from './ledger.ts'
import { notification } from './notification.ts'
import { notifications } from './notifications.ts'
import { overview } from './overview.ts'
import { payer } from './payer.ts'
import { payers } from './payers.ts'
import { request } from './request.ts'
import { requests } from './requests.ts'
import { rules } from './rules.ts'
import { scenario, scenarios } from './scenarios.ts'
import { settings } from './settings.ts'
import { shop } from './shop.ts'
import { signIn } from './sign-in.ts'
import { snapSession } from './snap-session.ts'
import { snapSessions } from './snap-sessions.ts'
import { state } from './state.ts'
import { story } from './story.ts'
import { subscription } from './subscription.ts'
import { subscriptions } from './subscriptions.ts'
import { Told } from './told.ts'
import { transaction } from './transaction.ts'
import { transactions } from './transactions.ts'
import { type Page, visitOf } from './visit.ts'

/** The pages of a sandbox: the address behind /dashboard/{merchant_id}, the template, and what it shows. */
const pages: readonly (readonly [path: string, template: string, page: Page])[] = [
  ['', 'overview', overview],
  ['/shop', 'shop', shop],
  ['/transactions', 'transactions', transactions],
  ['/transactions/:id', 'transaction', transaction],
  ['/accounts', 'accounts', accounts],
  ['/accounts/:id', 'account', account],
  ['/subscriptions', 'subscriptions', subscriptions],
  ['/subscriptions/:id', 'subscription', subscription],
  ['/snap', 'snap-sessions', snapSessions],
  ['/snap/:id', 'snap-session', snapSession],
  ['/notifications', 'notifications', notifications],
  ['/notifications/:id', 'notification', notification],
  ['/requests', 'requests', requests],
  ['/requests/:id', 'request', request],
  ['/rules', 'rules', rules],
  ['/scenarios', 'scenarios', scenarios],
  ['/scenarios/:name', 'scenario', scenario],
  ['/payers', 'payers', payers],
  ['/payers/:phone', 'payer', payer],
  ['/ledger', 'ledger', ledger],
  ['/timeline/:id', 'timeline', story],
  ['/clock', 'clock', clock],
  ['/settings', 'settings', settings],
  ['/state', 'state', state],
  ['/connect', 'connect', connect],
]

/** Our own files only, and no frames: no page elsewhere can lay itself over a button. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'cache-control': 'no-store',
  // With "no-referrer" browsers send "Origin: null" along with forms.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** /dashboard: what people look at. All that it changes, it changes by the calls that it shows. */
export function dashboard(
  app: FastifyInstance,
  { sandboxes, access, documented }: { sandboxes: Sandboxes; access: AdminAccess; documented: Documented },
  done: () => void,
): void {
  app.register(formbody, { bodyLimit: 262_144 })
  app.addHook('onRequest', (request, reply, next) => {
    reply.headers(headers)
    next(foreignRequest(request, access.hosts))
  })
  app.setErrorHandler<FastifyError | Problem>((error, request, reply) => {
    const { status, title, message, hint } = error instanceof Problem ? error : problemOf(error)
    if (status === 500) request.log.error(error)
    return reply.code(status).view('dashboard/problem.eta', { title, message, hint })
  })
  const told = new Told()
  signIn(app, access)
  home(app, sandboxes, told)
  find(app, sandboxes)
  apiDocs(app, { sandboxes, documented })
  calls(app, { sandboxes, told, access })
  events(app, sandboxes)
  for (const [path, template, page] of pages) {
    app.get(`/dashboard/:sandbox${path}`, async (request, reply) => {
      const visit = visitOf(request, sandboxes)
      const view = await page(visit)
      return reply.view(`dashboard/${template}.eta`, { ...frame(visit, told), ...view })
    })
  }
  done()
}

function problemOf({ statusCode = 500, message }: FastifyError): Problem {
  return statusCode < 500
    ? new Problem(statusCode, 'Bad request', message)
    : new Problem(500, 'Internal error', 'midtrans-emulator failed: see its log')
}
