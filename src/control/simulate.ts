import type { Happening } from '../engine/journal.ts'
import type { World } from '../midtrans/world.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Action, actions, type More, type SimulateBody } from './actions.ts'
import { Problem } from './admin/problem.ts'
import { describe, type Target, targetOf } from './target.ts'

/** What has become of it, and what happened. */
export interface Simulated {
  readonly target: Target
  readonly happenings: readonly Happening[]
  readonly omitted: number
}

/** Lets something happen that the merchant has no call for. Throws a Problem where the state does not allow it. */
export function simulate(sandbox: Sandbox, name: string, { id = '', ...extras }: SimulateBody): Simulated {
  const action = actionCalled(name)
  // Who is meant, where nothing else is.
  const subject = id || (extras.phone ?? '')
  const { phone, ...rest } = extras
  const more: More = id === '' || phone === undefined ? rest : { ...rest, phone }
  refuseExtras(name, action, subject, more)
  sandbox.time.catchUp()
  const { mark } = sandbox.journal
  sandbox.perform((world) => {
    const target = targetOf(world, subject)
    const act = action.ready(world, target)
    if (!act) throw notAllowed(world, target, name, action.needs)
    act(more)
  }, undefined)
  return { target: sandbox.perform((world) => targetOf(world, subject), undefined), ...sandbox.journal.since(mark) }
}

function actionCalled(name: string): Action {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action) return action
  const expected = Object.keys(actions).join(', ')
  throw new Problem(
    404,
    'No such action',
    `Found "${name}", expected one of ${expected}`,
    'GET /__admin/simulate tells what each does.',
  )
}

function refuseExtras(name: string, { takes = [] }: Action, subject: string, more: More): void {
  if (subject === '') {
    throw new Problem(
      400,
      'Which one?',
      'id: found none, expected an order_id, transaction_id, account_id, subscription_id, token of Snap or phone',
    )
  }
  const extra = Object.keys(more).find((field) => !takes.some((each) => each === field))
  if (!extra) return
  throw new Problem(
    400,
    'Not for this action',
    `${extra}: found for ${name}, which takes ${['id', ...takes].join(', ')}`,
  )
}

/** The refusal of what the state does not allow, with what it does. */
export function notAllowed(world: World, target: Target, name: string, needs: string): Problem {
  const allowed = Object.keys(actions).filter((each) => actions[each]?.ready(world, target))
  const hint = allowed.length > 0 ? `Allowed now: ${allowed.join(', ')}.` : 'Nothing is left that can happen to it.'
  return new Problem(409, 'Not in this state', `${name} needs ${needs}; found: ${describe(world, target)}`, hint, {
    allowed,
  })
}
