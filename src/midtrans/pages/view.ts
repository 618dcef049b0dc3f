import type { Account } from '../accounts/account.ts'
import { displayAmount } from '../money.ts'
import { maskedPhone } from '../payers/phone.ts'
import type { Complaint } from '../verifications/operations.ts'
import type { Verification, VerificationStatus } from '../verifications/verification.ts'
import { wireTime } from '../wire-time.ts'
import type { SandboxDoor } from '../world.ts'
import { pollQuery } from './poll.ts'
import { type Ending, type Texts, textsIn } from './texts.ts'

interface Field {
  readonly name: 'phone' | 'name' | 'otp' | 'pin'
  readonly label: string
  readonly type: 'text' | 'tel' | 'password'
  readonly inputMode: 'text' | 'numeric' | 'tel'
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
    phone: {
      ...texts.askPhone,
      submit: texts.next,
      field: {
        name: 'phone',
        label: texts.askPhone.label,
        type: 'tel',
        inputMode: 'tel',
        autocomplete: 'tel',
        maxLength: 30,
      },
    },
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
    ...phoneFact(verification.phone, texts),
    ...(transaction
      ? [
          { label: texts.order, value: transaction.orderId, testId: 'order' },
          { label: texts.amount, value: displayAmount(transaction.amount), testId: 'amount' },
        ]
      : []),
    { label: texts.expires, value: `${wireTime(verification.expiresAt).slice(11)} WIB`, testId: 'expires' },
  ]
}

/** Under another test id than the field of the same name. */
const phoneFact = (phone: string, texts: Texts) =>
  phone === '' ? [] : [{ label: texts.phone, value: maskedPhone(phone), testId: 'phone' }]

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
  return { ...base(sandbox, verification), appUrl, qr, refresh: `2; url=?${pollQuery}` }
}

/** Without a verification, for a link that is unknown: in the payer's default language. */
export function endingView(ending: Ending, returnTo?: string, locale: Verification['locale'] = 'id-ID') {
  const texts = textsIn(locale)
  return { texts, lang: langOf(locale), ending, ...texts.endings[ending], returnTo }
}

/** A linked account, as its payer sees it in the app. */
export function accountView({ settings }: SandboxDoor, account: Account) {
  const texts = textsIn(settings.locale)
  return {
    texts,
    lang: langOf(settings.locale),
    title: texts.account.title,
    status: account.status,
    facts: [
      { label: texts.merchant, value: settings.merchantId, testId: 'merchant' },
      ...phoneFact(account.phone, texts),
    ],
  }
}
