import { actions, SimulateBody } from '../actions.ts'
import { simulate as happen } from '../simulate.ts'
import type { AdminApi } from './admin-api.ts'
import { shownTarget } from './shown.ts'
import { wireHappening } from './wire.ts'

/**
 * GET /__admin/simulate: what can happen outside of the merchant's API, and the state that it needs.
 * POST /__admin/simulate/{action} {"id": ...}: lets it happen.
 */
export function simulate(api: AdminApi): void {
  api.get('/__admin/simulate', { summary: "What can happen outside of the merchant's API, and when" }, () =>
    Object.entries(actions).map(([action, { summary, needs, takes = [] }]) => ({
      action,
      summary,
      needs,
      takes: ['id', ...takes],
    })),
  )

  const about = {
    summary: "Lets something happen outside of the merchant's API: the payer declines, GoPay settles, a link expires",
    body: SimulateBody,
    params: { action: ['One of GET /__admin/simulate.', 'confirm'] },
    example: { id: 'order-2' },
  } as const
  api.post('/__admin/simulate/:action', about, (sandbox, { params: { action = '' }, body }) => {
    const { target, happenings, omitted } = happen(sandbox, action, body)
    return {
      action,
      ...sandbox.perform((world) => shownTarget(world, target), undefined),
      happened: happenings.map(wireHappening),
      omitted,
    }
  })
}
