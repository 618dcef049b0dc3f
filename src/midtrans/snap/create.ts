import { invalid } from '../errors.ts'
import { answerWith } from '../merchant-api/answer.ts'
import { type MerchantApi, originOf } from '../merchant-api/request.ts'
import type { EndpointAbout } from '../merchant-api/routes.ts'
import { notificationUrls } from '../payments/notification-urls.ts'
import { newSession, SnapBody } from './create-body.ts'
import { createSession } from './operations.ts'
import { pagePath } from './wire.ts'

const about: EndpointAbout = {
  chapter: 'snap',
  summary: 'Begins a session on the Snap page',
  takes: ['X-Override-Notification', 'X-Append-Notification'],
  examples: {
    'GoPay, linked on the page and kept for the next time': {
      transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
      user_id: 'customer-1',
      gopay: { tokenization: true },
      enabled_payments: ['gopay'],
      callbacks: { finish: 'https://example.com/paid' },
    },
    'GoPay by QR code': { transaction_details: { order_id: 'order-2', gross_amount: 50_000 } },
  },
}

const options = { schema: { body: SnapBody }, config: { about } }

/**
 * POST /snap/v1/transactions: a token, and the page that it opens (facts.md, section 7). UNCERTAIN: whether Snap looks at an
 * Idempotency-Key is not documented; a second session of an order harms nobody, so it does not.
 */
export function create(api: MerchantApi): void {
  api.post('/snap/v1/transactions', options, (request, reply) =>
    answerWith(
      request,
      reply,
      (world) => {
        const asked = newSession(request.body)
        if ('faults' in asked) throw invalid(...asked.faults)
        const urls = notificationUrls(request.headers, world.settings.quirks)
        const { id } = createSession(world, { ...asked, notificationUrls: urls })
        return { token: id, redirect_url: originOf(request, world.settings) + pagePath(id) }
      },
      () => 201,
    ),
  )
}
