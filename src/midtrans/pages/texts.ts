import type { Complaint } from '../verifications/operations.ts'

/** What a payer reads. `{x}` stands for a value of the page. */
export interface Texts {
  readonly sandboxMark: string
  readonly language: string
  readonly merchant: string
  readonly phone: string
  readonly order: string
  readonly amount: string
  readonly expires: string
  readonly timeLeft: string
  /** Beside the time that is left, while the sandbox's clock is frozen. */
  readonly clockStands: string
  readonly next: string
  readonly decline: string
  readonly back: string
  readonly sixDigits: string
  readonly triesLeft: string
  readonly showPin: string
  readonly consent: { readonly title: string; readonly lead: string; readonly submit: string }
  readonly askPhone: { readonly title: string; readonly lead: string; readonly label: string }
  readonly name: { readonly title: string; readonly lead: string; readonly label: string }
  readonly otp: { readonly title: string; readonly lead: string; readonly label: string }
  readonly pin: { readonly title: string; readonly lead: string; readonly label: string; readonly pay: string }
  readonly newPin: { readonly title: string; readonly lead: string; readonly label: string }
  readonly scan: {
    readonly title: string
    readonly lead: string
    readonly waiting: string
    readonly open: string
    readonly notPayable: string
  }
  /** Page of a linked account, in the stand-in for the app. */
  readonly account: {
    readonly title: string
    readonly lead: string
    readonly unlink: string
    readonly changePhone: string
    readonly gone: string
  }
  readonly panel: PanelTexts
  readonly endings: Readonly<Record<Ending, { readonly title: string; readonly lead: string }>>
  /** What is to be said of a link whose page was left. */
  readonly left: { readonly canReopen: string; readonly reopen: string }
  readonly complaints: Readonly<Record<Complaint, string>>
}

/** What stands on the test panel. */
export interface PanelTexts {
  readonly title: string
  readonly lead: string
  readonly rightAnswer: Readonly<Record<'name' | 'otp' | 'pin' | 'new_pin', string>>
  readonly fillIn: string
  readonly pickPayer: string
  readonly endings: string
  readonly right: string
  readonly finish: string
  readonly confirmInApp: string
  readonly wrongOtp: string
  readonly wrongPin: string
  readonly decline: string
  readonly leave: string
  readonly expire: string
}

/** How a page can end. left: its payer has closed it; foreign: a form of another site was sent to it. */
export type Ending =
  | 'linked'
  | 'paid'
  | 'denied'
  | 'declined'
  | 'failed'
  | 'expired'
  | 'closed'
  | 'used'
  | 'left'
  | 'foreign'
  | 'unknown'
  | 'broken'
