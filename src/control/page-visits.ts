import { visitPage, walkUntil } from '../midtrans/pages/walk-operations.ts'
import { type Question, rightWalk } from '../midtrans/payers/walk.ts'
import { triesAllowed, type Verification, verificationMachine } from '../midtrans/verifications/verification.ts'
import type { World } from '../midtrans/world.ts'
import { type Target, whoPays } from './target.ts'

/** Somebody new to GoPay chooses a PIN, and cannot be wrong about it. */
export const asksForPin = ({ status, newName }: Verification) => status !== 'name' && newName === undefined

export const asksForOtp = ({ kind, status }: Verification) =>
  kind === 'link' && status !== 'pin' && status !== 'new_pin'

/** Right answers up to a question, or to the end. */
export function goOn(world: World, target: Target, named: string | undefined, until?: Question): Verification {
  if (!target.page) throw new Error('there is no page to go on with')
  const page = walkUntil(world, target.page, { ...rightWalk, phone: whoPays(world, target, named) }, until)
  if (page.status === until || verificationMachine.isFinal(page.status)) return page
  throw new Error(`the page that asks for ${page.status} took no answer`)
}

/** Right answers up to a question, and there so many wrong ones. */
export function goWrong(
  world: World,
  target: Target,
  question: 'pin' | 'otp',
  { phone, times = 1 }: { readonly phone?: string; readonly times?: number },
): void {
  const tries = Array.from({ length: triesAllowed }, () => 'wrong')
  let page = goOn(world, target, phone, question)
  for (let left = times; left > 0 && page.status === question; left--) {
    page = visitPage(world, page, { ...rightWalk, [question]: tries })
  }
}
