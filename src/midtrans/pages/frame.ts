import type { FastifyRequest } from 'fastify'
import { maskedPhone } from '../payers/phone.ts'
import type { Locale } from '../settings.ts'
import type { Verification } from '../verifications/verification.ts'
import { wireTime } from '../wire-time.ts'
import type { SandboxDoor } from '../world.ts'
import { chosenLocale } from './address.ts'
import { langOf, languagesOf, textsIn } from './language.ts'
import type { Texts } from './texts.ts'

/** What stands around every page: its language, and the switch to the other one. */
export function frameOf(request: FastifyRequest, standard: Locale) {
  const locale = chosenLocale(request) ?? standard
  return { texts: textsIn(locale), lang: langOf(locale), languages: languagesOf(request, locale) }
}

/** Who asks: by name where it has one. */
export function merchantOf({ settings }: SandboxDoor) {
  const name = settings.merchantName || settings.merchantId
  return { name, hasName: settings.merchantName !== '', initial: [...name.trim()][0]?.toUpperCase() ?? '' }
}

/** Under another test id than the field of the same name. */
export const phoneFact = (phone: string, texts: Texts) =>
  phone === '' ? [] : [{ label: texts.phone, value: maskedPhone(phone), testId: 'phone' }]

export const orderFact = (orderId: string, texts: Texts) => [{ label: texts.order, value: orderId, testId: 'order' }]

/** A time of the sandbox as payers read it, with its day where that is another one. */
export function shownTime({ clock }: SandboxDoor, at: number): string {
  const [today, text] = [wireTime(clock.now()), wireTime(at)]
  return `${text.slice(0, 10) === today.slice(0, 10) ? text.slice(11) : text} WIB`
}

/** A deep link leaves the browser where it is. */
export const leadsToApp = ({ returnUrl }: Pick<Verification, 'returnUrl'>): boolean =>
  returnUrl !== '' && !/^https?:/i.test(returnUrl)

interface Live {
  /** Where the page is followed. */
  readonly events: string
  /** What is loaded once the page has moved on, or its time is over. */
  readonly next: string
  /** Seconds after which it loads that by itself where there is no script; undefined: once its time is over. */
  readonly refreshSeconds?: number
}

/** How a page follows the sandbox's clock, and whatever becomes of what it is about. */
export function liveOf(
  { clock }: SandboxDoor,
  page: Pick<Verification, 'expiresAt' | 'returnUrl'>,
  { events, next, refreshSeconds }: Live,
) {
  const { expiresAt } = page
  const realMs = clock.realMsUntil(expiresAt)
  // A second later than its end, so that it is over.
  const seconds = refreshSeconds ?? (realMs === undefined ? undefined : Math.ceil(Math.max(0, realMs) / 1_000) + 1)
  return {
    next,
    events,
    leftMs: Math.max(0, expiresAt - clock.now()),
    speed: clock.speed,
    isRunning: clock.mode === 'running',
    stays: leadsToApp(page),
    refresh: seconds === undefined ? undefined : `${seconds}; url=${next}`,
  }
}
