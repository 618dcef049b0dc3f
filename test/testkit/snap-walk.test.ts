import { describe, expect, test } from 'vitest'
import { payer } from '../../src/testkit/index.ts'
import { emulatorOfFile } from '../midtrans/merchant.ts'
import { newSnapMerchant } from '../midtrans/snap/merchant.ts'

const emulator = await emulatorOfFile()
const tokenized = { user_id: 'customer-1', gopay: { tokenization: true } }

async function openPage(amount: number, more: object = tokenized, orderId = 'order-1') {
  const merchant = newSnapMerchant(emulator)
  const { body } = await merchant.create(orderId, amount, more)
  return { ...merchant, link: String(body.redirect_url) }
}

describe('a payer without a browser on the Snap page', () => {
  test('links a wallet and pays, with the PIN from 100,000 on', async () => {
    const { link } = await openPage(150_000)
    expect(await payer.walk(link)).toMatchObject({
      steps: ['choose link', 'consent', 'otp', 'pin', 'choose pay', 'pin'],
      ending: 'paid',
    })
  })

  test('pays with the option that is wished', async () => {
    const { admin, link } = await openPage(50_000)
    const options = [
      { name: 'GOPAY_WALLET', balance: 500_000 },
      { name: 'PAY_LATER', balance: 500_000 },
    ]
    await admin.givePayer({ phone: '628215023424', options })
    await payer.walk(link, { option: 'PAY_LATER' })
    await admin.expect({ transaction: { order_id: 'order-1', payment_option_type: 'PAY_LATER' }, within: '1ms' })
  })

  test('links, and goes on another time from there', async () => {
    const { link } = await openPage(50_000)
    const linked = await payer.walk(link, { choose: 'link' })
    expect(linked.steps).toEqual(['choose link', 'consent', 'otp', 'pin'])
    expect(linked.ending).toBeUndefined()
    // There is nothing more to link.
    expect((await payer.walk(link, { choose: 'link' })).steps).toEqual([])
    expect(await payer.walk(link)).toMatchObject({ steps: ['choose pay'], ending: 'paid' })
  })

  test('pays by QR code where that is wished, or nothing else is offered', async () => {
    const [tokenizing, plain] = [await openPage(50_000), await openPage(50_000, {})]
    expect((await payer.walk(tokenizing.link, { choose: 'qr' })).steps).toEqual(['choose qr', 'phone', 'pin'])
    expect((await payer.walk(plain.link)).steps).toEqual(['choose qr', 'phone', 'pin'])
  })

  test('is denied once, and tries nothing a second time', async () => {
    const { admin, link } = await openPage(50_000)
    await admin.rules([{ match: { operation: 'charge' }, outcome: 'deny:201' }])
    const { steps, ending, html } = await payer.walk(link)
    expect(steps.filter((step) => step === 'choose pay')).toHaveLength(1)
    expect(ending).toBeUndefined()
    expect(html).toContain('data-testid="complaint"')
  })

  test('leaves before anything is chosen, or declines to link, and nothing is begun', async () => {
    const { admin, link } = await openPage(50_000)
    expect((await payer.walk(link, { leaveAt: 'choose' })).steps).toEqual([])
    expect((await payer.walk(link, { declineAt: 'consent' })).steps).toEqual(['choose link', 'consent'])
    await admin.expect({ transaction: {}, times: 0, within: '1ms' })
  })

  test('is sent back to the shop with what became of the payment', async () => {
    const { link } = await openPage(50_000, { callbacks: { finish: 'https://shop.example/done?cart=7' } })
    const back = 'https://shop.example/done?cart=7&order_id=order-1&status_code=200&transaction_status=settlement'
    expect(await payer.walk(link)).toMatchObject({ ending: 'paid', returnedTo: back })
    // Whoever opens the page once more finds the way back, and nothing else.
    expect(await payer.walk(link)).toMatchObject({ steps: [], ending: 'paid', returnedTo: back })
  })

  test('finds a page that is over, or that there never was', async () => {
    const { link, admin } = await openPage(50_000)
    await admin.advance('25h')
    expect(await payer.walk(link)).toMatchObject({ status: 410, ending: 'expired', steps: [] })
    expect(await payer.walk(`${emulator.url}/snap/v4/redirection/none`)).toMatchObject({ status: 404, steps: [] })
  })
})
