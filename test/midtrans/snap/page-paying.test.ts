import { describe, expect, test } from 'vitest'
import { payer } from '../../../src/testkit/index.ts'
import { fillIn, visit } from '../../journeys/browser.ts'
import { emulatorOfFile } from '../merchant.ts'
import { customer, hrefOf, leavesFor, newLinkedShop, newSnapShop, pin, press, stageOf, waysOf } from './customer.ts'

const emulator = await emulatorOfFile()
const finish = 'https://shop.example/thanks?ref=7&lang=id'
const statuses = (told: readonly Readonly<Record<string, unknown>>[]) => told.map((each) => each.transaction_status)

describe('facts.md, section 7: paying from the linked wallet', () => {
  test('below 100,000 at once, and the page says so', async () => {
    const shop = await newLinkedShop(emulator)
    const paid = await press(await shop.open('order-1', 99_999, customer), 'pay')
    expect(stageOf(paid)).toBe('paid')
    expect(paid.text('amount')).toBe('Rp99.999')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'settlement' })
    expect((await shop.send('GET', '/snap/v3/users/customer-1/gopay')).body.balance).toBe('7900001.00')
  })

  test('from 100,000 on GoPay asks for the PIN, and its page leads back', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 100_000, customer)
    const question = await press(page, 'pay')
    expect(question.step).toBe('pin')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
    // Whoever comes back meanwhile finds the way there again.
    const waiting = await visit(page.url)
    expect(stageOf(waiting)).toBe('confirm')
    expect((await visit(hrefOf(waiting, 'confirm'))).step).toBe('pin')

    const back = await fillIn(question, { pin })
    expect(new URL(back.url).pathname).toBe(new URL(page.url).pathname)
    expect(stageOf(back)).toBe('paid')
    expect(statuses(await shop.told('order-1'))).toEqual(['pending', 'settlement'])
  })

  test('the language, the frame and the client key stay with the page, and what GoPay puts there on the way back does not', async () => {
    const shop = await newLinkedShop(emulator)
    const { client_key } = (await shop.admin.get('settings')) as { client_key: string }
    const { url } = await shop.open('order-1', 150_000, customer)
    const query = `lang=en&frame=popup&client_key=${client_key}`
    const answer = await fetch(`${url}?${query}&order_id=x&result=success`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ action: 'nothing' }),
    })
    expect(answer.headers.get('location')).toBe(`${new URL(url).pathname}?${query}`)
    // Also over GoPay's page, which adds parameters of its own.
    const question = await press(await visit(`${url}?lang=en&client_key=${client_key}`), 'pay')
    expect(question.step).toBe('pin')
    const { searchParams } = new URL((await fillIn(question, { pin })).url)
    expect([searchParams.get('lang'), searchParams.get('client_key')]).toEqual(['en', client_key])
  })

  test('with the option that is chosen', async () => {
    const shop = await newLinkedShop(emulator, '+628103001242')
    await press(await shop.open('order-1', 50_000, customer), 'pay', { option: 'PAY_LATER' })
    const balances = (await visit((await shop.open('order-2', 1_000, customer)).url)).text
    expect([balances('balance-PAY_LATER'), balances('balance-GOPAY_WALLET')]).toEqual(['Rp7.950.000', 'Rp8.000.000'])
  })

  test('declined on GoPay’s page: the customer may choose again, and the first payment ends as cancelled', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 150_000, customer)
    const back = await fillIn(await press(page, 'pay'), { action: 'decline' })
    expect(stageOf(back)).toBe('choose')
    expect(await shop.status('order-1')).toMatchObject({ transaction_status: 'pending' })
    const again = await fillIn(await press(page, 'pay'), { pin })
    expect(stageOf(again)).toBe('paid')
    expect(statuses(await shop.told('order-1'))).toEqual(['pending', 'cancel', 'pending', 'settlement'])
  })

  test('denied: told on the page, and may be tried again', async () => {
    const shop = await newLinkedShop(emulator)
    const page = await shop.open('order-1', 9_000_000, customer)
    const denied = await press(page, 'pay')
    expect(stageOf(denied)).toBe('choose')
    expect(denied.text('complaint')).toMatch(/^GoPay menolak pembayaran, .* Anda bisa mencoba lagi\.$/)
    await shop.admin.givePayer({ phone: '628215023424', balance: 10_000_000 })
    expect(stageOf(await fillIn(await press(page, 'pay'), { pin }))).toBe('paid')
    expect(statuses(await shop.told('order-1'))).toEqual(['deny', 'pending', 'settlement'])
  })

  test('allow_retry false: denied is the end, and leads to the error page', async () => {
    const shop = await newLinkedShop(emulator)
    const preferences = { allow_retry: false, error_payment_return_url: 'https://shop.example/failed' }
    await shop.send('PATCH', '/snap/v3/merchant-preferences', preferences)
    const denied = await press(await shop.open('order-1', 9_000_000, customer), 'pay')
    expect(stageOf(denied)).toBe('denied')
    const failed = 'https://shop.example/failed?order_id=order-1&status_code=202&transaction_status=deny'
    expect([leavesFor(denied), hrefOf(denied, 'back')]).toEqual([failed, failed])
  })
})

describe('facts.md, section 7: GoPay by QR code or app', () => {
  test('the page waits with a code, and whoever follows it pays', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 150_000)
    const waiting = await press(page, 'qr')
    expect(stageOf(waiting)).toBe('scan')
    const code = /data-testid="qr" data-url="([^"]*)"/.exec(waiting.html)?.[1] ?? ''
    expect(code).toBe(hrefOf(waiting, 'open-app'))
    expect(statuses(await shop.told('order-1'))).toEqual(['pending'])
    const { returnedTo, steps } = await payer.walk(code)
    expect(steps).toEqual(['phone', 'pin'])
    expect(returnedTo).toBeUndefined()
    expect(stageOf(await visit(page.url))).toBe('paid')
  })

  test('gopay.enable_callback: who has paid goes to callback_url', async () => {
    const shop = newSnapShop(emulator)
    const gopay = { enable_callback: true, callback_url: 'https://shop.example/app' }
    const waiting = await press(await shop.open('order-1', 150_000, { gopay }), 'qr')
    const { returnedTo } = await payer.walk(hrefOf(waiting, 'open-app'))
    expect(returnedTo).toBe('https://shop.example/app?order_id=order-1&result=success')
  })

  test('pay another way: the payment that waits is cancelled, and the merchant told', async () => {
    const shop = newSnapShop(emulator)
    const page = await shop.open('order-1', 150_000, customer)
    const waiting = await press(page, 'qr')
    const again = await press(waiting, 'again')
    expect(stageOf(again)).toBe('choose')
    expect(waysOf(again)).toEqual(['link', 'qr'])
    expect(statuses(await shop.told('order-1'))).toEqual(['pending', 'cancel'])
    // The code of before pays nothing any more.
    expect((await payer.walk(hrefOf(waiting, 'open-app'))).ending).toBe('closed')
  })
})

describe('facts.md, section 7: finish redirect', () => {
  test('callbacks.finish, with the parameters of the merchant and those of the payment', async () => {
    const shop = await newLinkedShop(emulator)
    const paid = await press(await shop.open('order-1', 1_000, { ...customer, callbacks: { finish } }), 'pay')
    const address = `${finish}&order_id=order-1&status_code=200&transaction_status=settlement`
    expect([leavesFor(paid), hrefOf(paid, 'back')]).toEqual([address, address])
    // In a frame the merchant's page decides.
    const framed = await visit(`${paid.url}?frame=popup`)
    expect([leavesFor(framed), hrefOf(framed, 'back')]).toEqual([undefined, address])
  })

  test('the setting counts where a session names nothing, and nothing where both are missing', async () => {
    const shop = await newLinkedShop(emulator)
    const nowhere = await press(await shop.open('order-1', 1_000, customer), 'pay')
    expect(leavesFor(nowhere)).toBeUndefined()
    expect(nowhere.html).not.toContain('data-testid="back"')
    await shop.admin.patch('settings', { finish_redirect_url: 'https://shop.example/done' })
    const somewhere = await press(await shop.open('order-2', 1_000, customer), 'pay')
    expect(leavesFor(somewhere)).toBe(
      'https://shop.example/done?order_id=order-2&status_code=200&transaction_status=settlement',
    )
  })
})
