import { payer, type TestEmulator } from '../../../src/testkit/index.ts'
import { type Page, send, visit } from '../../journeys/browser.ts'
import { newSnapMerchant, type SnapMerchant } from './merchant.ts'

/** A merchant, and what its customers see: the Snap page without a browser. */
export interface SnapShop extends SnapMerchant {
  /** Begins a session, and opens its page. */
  open(orderId: string, amount: number, more?: object): Promise<Page>
  /** The order's notifications, oldest first. */
  told(orderId: string): Promise<Readonly<Record<string, unknown>>[]>
  status(orderId: string): Promise<Readonly<Record<string, unknown>>>
}

export const customer = { user_id: 'customer-1', gopay: { tokenization: true } }
export const happyPhone = '08215023424'
export const pin = '112233'

export function newSnapShop(emulator: TestEmulator): SnapShop {
  const merchant = newSnapMerchant(emulator)
  return {
    ...merchant,
    open: async (...order) => visit(String((await merchant.create(...order)).body.redirect_url)),
    status: (orderId) => merchant.api.get(`/v2/${orderId}/status`),
    told: async (orderId) => {
      const listed = (await merchant.admin.get(`notifications?reference=${encodeURIComponent(orderId)}`)) as {
        body: Record<string, unknown>
      }[]
      return listed.map(({ body }) => body).reverse()
    },
  }
}

/** A shop whose customer has linked this number before. */
export async function newLinkedShop(emulator: TestEmulator, phone = happyPhone): Promise<SnapShop> {
  const shop = newSnapShop(emulator)
  const page = await shop.open('link-order', 1_000, customer)
  await payer.walk(page.url, { choose: 'link', phone })
  return shop
}

/** Presses a button of the Snap page. */
export const press = (
  page: Page,
  action: 'link' | 'pay' | 'qr' | 'again',
  more: Readonly<Record<string, string>> = {},
) => send(page, { action, ...more })

/** Which ways to pay the page offers. */
export const waysOf = ({ html }: Page): string[] =>
  [...html.matchAll(/data-testid="way-(\w+)"/g)].map(([, name = '']) => name)

/** How the page stands: choose, confirm, scan; or how it has ended. */
export const stageOf = ({ html, ending }: Page): string | undefined => /data-stage="(\w+)"/.exec(html)?.[1] ?? ending

/** Where it leads by itself. */
export const leavesFor = ({ html }: Page): string | undefined =>
  /http-equiv="refresh" content="\d+; url=([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')

/** The address of a link of the page. */
export const hrefOf = ({ html, url }: Page, testId: string): string =>
  new URL(
    new RegExp(`href="([^"]*)"[^>]* data-testid="${testId}"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '',
    url,
  ).href
