import type { Verification, VerificationStatus } from '../verifications/verification.ts'
import type { Texts } from './texts.ts'

export interface Field {
  readonly name: 'phone' | 'name' | 'otp' | 'pin'
  readonly label: string
  readonly type: 'text' | 'tel' | 'password'
  readonly inputMode: 'text' | 'numeric' | 'tel'
  readonly autocomplete: string
  readonly maxLength: number
  /** Six digits, and whatever stands between them where a code is pasted. */
  readonly pattern?: string
  /** What the pattern wants, in words. */
  readonly hint?: string
  /** The form can go as soon as the sixth digit stands there: nothing is chosen, only known. */
  readonly sendsItself?: true
}

export interface Question {
  readonly title: string
  readonly lead: string
  readonly submit: string
  readonly field?: Field
}

/** What the payer is asked in each status; undefined: nothing. */
export function questionOf({ status, kind }: Verification, texts: Texts): Question | undefined {
  const code = (label: string): Pick<Field, 'label' | 'inputMode' | 'maxLength' | 'pattern' | 'hint'> => ({
    label,
    inputMode: 'numeric',
    // Longer than six: a code may come with spaces, and the rest of it is cut off otherwise.
    maxLength: 20,
    pattern: '\\D*(\\d\\D*){6}',
    hint: texts.sixDigits,
  })
  const questions: Partial<Record<VerificationStatus, () => Question>> = {
    phone: () => ({
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
    }),
    consent: () => texts.consent,
    name: () => ({
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
    }),
    otp: () => ({
      ...texts.otp,
      submit: texts.next,
      field: { ...code(texts.otp.label), name: 'otp', type: 'text', autocomplete: 'one-time-code', sendsItself: true },
    }),
    pin: () => ({
      ...texts.pin,
      submit: kind === 'payment' ? texts.pin.pay : texts.next,
      field: {
        ...code(texts.pin.label),
        name: 'pin',
        type: 'password',
        autocomplete: 'current-password',
        sendsItself: true,
      },
    }),
    new_pin: () => ({
      ...texts.newPin,
      submit: texts.next,
      field: { ...code(texts.newPin.label), name: 'pin', type: 'password', autocomplete: 'new-password' },
    }),
  }
  return questions[status]?.()
}
