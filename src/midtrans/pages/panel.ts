import type { FastifyRequest } from 'fastify'
import { pinOf } from '../payers/operations.ts'
import { triesAllowed, type Verification } from '../verifications/verification.ts'
import type { SandboxDoor } from '../world.ts'
import { addressOf, parameter } from './address.ts'
import { type PanelChoice, panelChoices } from './panel-operations.ts'
import type { Field } from './question.ts'
import type { PanelTexts, Texts } from './texts.ts'
import { rightAnswer } from './walk-operations.ts'

const mostPayers = 8

/** What the test panel shows on a page; undefined: it is switched off. `action`: where its form goes, if elsewhere. */
export function panelOf(
  request: FastifyRequest,
  sandbox: SandboxDoor,
  page: Verification,
  { panel: texts }: Texts,
  action?: string,
) {
  if (sandbox.settings.testPanel === 'off') return undefined
  const isQuestion = action === undefined
  const { status } = page
  // Who pays is picked from the list.
  const right = isQuestion && status !== 'phone' ? rightText(sandbox, page) : undefined
  return {
    action,
    choices: panelChoices(page, isQuestion).map((choice) => ({
      choice,
      value: choice === 'right' || choice === 'wrong' ? `${choice}.${status}` : choice,
      text: choiceText(choice, page, isQuestion, texts),
    })),
    right:
      right === undefined || !isAnswered(status)
        ? undefined
        : { label: texts.rightAnswer[status], name: status, text: right, href: addressOf(request, { fill: 'right' }) },
    payers: isQuestion && status === 'phone' ? payersOf(request, sandbox) : [],
  }
}

/** What the address asks to be filled in: `?fill=right`, or where a phone is asked for, that of a payer. */
export function filledIn(request: FastifyRequest, sandbox: SandboxDoor, page: Verification, field: Field): string {
  const fill = parameter(request, 'fill')
  if (fill === undefined || sandbox.settings.testPanel === 'off') return ''
  if (field.name === 'phone' && /^\d{1,20}$/.test(fill)) return `+${fill}`
  return rightText(sandbox, page) ?? ''
}

/** How often the payer may still be wrong; undefined: nothing was wrong yet. */
export const triesLeft = ({ wrongTries }: Verification): number | undefined =>
  wrongTries === 0 ? undefined : triesAllowed - wrongTries

const answers = ['name', 'otp', 'pin', 'new_pin'] as const
const isAnswered = (status: Verification['status']): status is (typeof answers)[number] =>
  answers.some((each) => each === status)

function rightText(sandbox: SandboxDoor, page: Verification): string | undefined {
  const { phone, name, otp, pin } = rightAnswer(sandbox, page)
  return phone ?? name ?? otp ?? pin
}

function choiceText(choice: PanelChoice, { status }: Verification, isQuestion: boolean, texts: PanelTexts): string {
  if (choice === 'wrong') return status === 'otp' ? texts.wrongOtp : texts.wrongPin
  return choice === 'finish' && !isQuestion ? texts.confirmInApp : texts[choice]
}

/** Who can pay: those that this sandbox was told of, and one of each kind that all sandboxes know. */
export function payersOf(request: FastifyRequest, sandbox: SandboxDoor) {
  const { state, payerBook } = sandbox
  const given = [...state.givenPayers.values()].map(({ phone }) => phone).reverse()
  const ofKind = new Map(payerBook.phones.toReversed().map((phone) => [payerBook.find(phone)?.persona, phone]))
  return [...new Set([...given, ...[...ofKind.values()].reverse()])]
    .flatMap((phone) => {
      const known = payerBook.find(phone)
      if (!known || known.linking || pinOf(sandbox, phone) === undefined) return []
      return { phone: `+${phone}`, title: known.name ?? known.title, href: addressOf(request, { fill: phone }) }
    })
    .slice(0, mostPayers)
}
