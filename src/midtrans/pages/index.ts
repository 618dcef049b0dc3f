import type { FastifyInstance } from 'fastify'
import type { SandboxFinder } from '../world.ts'
import { accountPage } from './account.ts'
import { events } from './events.ts'
import { links } from './links.ts'
import { pageManners } from './manners.ts'
import { plainGopay } from './plain-gopay.ts'
import { sessions } from './sessions.ts'

/** What the payer sees: the links in the merchant's answers, and the pages behind them. */
export function pages(app: FastifyInstance, { sandboxes }: { sandboxes: SandboxFinder }, done: () => void): void {
  pageManners(app)
  links(app, sandboxes)
  sessions(app, sandboxes)
  plainGopay(app, sandboxes)
  events(app, sandboxes)
  accountPage(app, sandboxes)
  done()
}
