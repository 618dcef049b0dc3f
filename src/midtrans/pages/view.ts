import { displayAmount } from '../money.ts'
import { maskedPhone } from '../payers/phone.ts'
import type { Complaint } from '../verifications/operations.ts'
import type { Verification, VerificationStatus } from '../verifications/verification.ts'
import { wireTime } from '../wire-time.ts'
import type { SandboxDoor } from '../world.ts'
import { type Ending, type Texts, textsIn } from './texts.ts'

interface Field {
  readonly name: 'name' | 'otp' | 'pin'
  readonly label: string
  readonly type: 'text' | 'password'
  readonly inputMode: 'text' | 'numeric'
  readonly autocomplete: string
  readonly maxLength: number
}

interface Question {
  readonly title: string
  readonly lead: string
  readonly submit: string
  readonly field?: Field
}

const secret = (label: string, autocomplete: string): Field => ({
  name: 'pin',
  label,
  type: 'password',
  inputMode: 'numeric',
  autocomplete,
  maxLength: 6,
})

/** What the payer is asked in each status. */
function questionOf({ status, kind }: Verification, texts: Texts): Question | undefined {
  const questions: Partial<Record<VerificationStatus, Question>> = {
    consent: texts.consent,
    name: {
      ...texts.name,
      submit: texts.next,
      field: {
        name: 'name',
        label: texts.name.label,
        type: 'text',
        inputMode: 'text',
        autocomplete: 'name',
        maxLength: 255,
      },
    },
    otp: {
      ...texts.otp,
      submit: texts.next,
      field: {
        name: 'otp',
        label: texts.otp.label,
        type: 'text',
        inputMode: 'numeric',
        autocomplete: 'one-time-code',
        maxLength: 6,
      },
    },
    pin: {
      ...texts.pin,
      submit: kind === 'payment' ? texts.pin.pay : texts.next,
      field: secret(texts.pin.label, 'current-password'),
    },
    new_pin: { ...texts.newPin, submit: texts.next, field: secret(texts.newPin.label, 'new-password') },
  }
  return questions[status]
}

/** The rows of the small table on every page: who, how much, until when. */
function facts(sandbox: SandboxDoor, verification: Verification, texts: Texts) {
  const transaction = sandbox.state.transactions.get(verification.subject)
  return [
    { label: texts.merchant, value: sandbox.settings.merchantId, testId: 'merchant' },
    { label: texts.phone, value: maskedPhone(verification.phone), testId: 'phone' },
    ...(transaction
      ? [
          { label: texts.order, value: transaction.orderId, testId: 'order' },
          { label: texts.amount, value: displayAmount(transaction.amount), testId: 'amount' },
        ]
      : []),
    { label: texts.expires, value: `${wireTime(verification.expiresAt).slice(11)} WIB`, testId: 'expires' },
  ]
}

/** What every page about a verification shows. */
function base(sandbox: SandboxDoor, verification: Verification) {
  const texts = textsIn(verification.locale)
  return { texts, lang: langOf(verification.locale), facts: facts(sandbox, verification, texts) }
}

const langOf = (locale: Verification['locale']) => (locale === 'en-EN' ? 'en' : 'id')

export function questionView(sandbox: SandboxDoor, verification: Verification, complaint?: Complaint) {
  const shown = base(sandbox, verification)
  return {
    ...shown,
    question: questionOf(verification, shown.texts),
    step: verification.status,
    complaint: complaint && shown.texts.complaints[complaint],
  }
}

export function scanView(sandbox: SandboxDoor, verification: Verification, appUrl: string, qr: string) {
  return { ...base(sandbox, verification), appUrl, qr, refreshSeconds: 2 }
}

/** Without a verification, for a link that is unknown: in the payer's default language. */
export function endingView(ending: Ending, returnTo?: string, locale: Verification['locale'] = 'id-ID') {
  const texts = textsIn(locale)
  return { texts, lang: langOf(locale), ending, ...texts.endings[ending], returnTo }
}
