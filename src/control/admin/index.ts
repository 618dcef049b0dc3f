import type { FastifyError, FastifyInstance } from 'fastify'
import type { Sandboxes } from '../../sandboxes.ts'
import type { Documented } from '../api-docs/documents.ts'
import { type AdminAccess, refusalOf } from './access.ts'
import { accounts } from './accounts.ts'
import { authority } from './authority.ts'
import { clock } from './clock.ts'
import { events } from './events.ts'
import { expect } from './expect.ts'
import { exportAndImport } from './export.ts'
import { gate } from './gate.ts'
import { indexPage } from './index-page.ts'
import { ledger } from './ledger.ts'
import { notifications } from './notifications.ts'
import { openapi } from './openapi.ts'
import { payers } from './payers.ts'
import { answerProblem, Problem } from './problem.ts'
import { quirks } from './quirks.ts'
import { registration } from './registration.ts'
import { requests } from './requests.ts'
import { reset } from './reset.ts'
import { rules } from './rules.ts'
import { fork, listSandboxes } from './sandboxes.ts'
import { scenarioRuns } from './scenario-runs.ts'
import { scenarios } from './scenarios.ts'
import { settings } from './settings.ts'
import { signature } from './signature.ts'
import { simulate } from './simulate.ts'
import { snap } from './snap.ts'
import { snapshots } from './snapshots.ts'
import { stories } from './stories.ts'
import { subscriptions } from './subscriptions.ts'
import { timeline } from './timeline.ts'
import { transactions } from './transactions.ts'
import { trigger } from './trigger.ts'
import { upcoming } from './upcoming.ts'

/** /__admin: how the emulator is driven. */
export function adminApi(
  app: FastifyInstance,
  {
    sandboxes,
    access,
    certificate,
    documented,
  }: { sandboxes: Sandboxes; access: AdminAccess; certificate: string | undefined; documented: Documented },
  done: () => void,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, parsed) => {
    try {
      parsed(null, text === '' ? undefined : JSON.parse(String(text)))
    } catch {
      parsed(new Problem(400, 'Not JSON', 'The body is not JSON'))
    }
  })
  app.addHook('onRequest', (request, _reply, next) => next(refusalOf(request, access)))
  app.setErrorHandler<FastifyError | Problem>(answerProblem)

  const { api, ofAll } = registration(app, sandboxes, documented.admin)
  clock(api)
  upcoming(api)
  settings(api)
  quirks(api)
  rules(api)
  notifications(api)
  gate(api)
  expect(api)
  signature(api)
  ledger(api)
  payers(api)
  simulate(api)
  trigger(api)
  accounts(api)
  requests(api)
  events(api)
  timeline(api)
  stories(api)
  transactions(api)
  subscriptions(api)
  snap(api)
  snapshots(api)
  fork(api)
  reset(api)
  scenarios(api, ofAll)
  scenarioRuns(ofAll)
  listSandboxes(ofAll)
  exportAndImport(ofAll)
  authority(ofAll, certificate)
  openapi(ofAll, documented)
  indexPage(app, documented.admin)
  done()
}
