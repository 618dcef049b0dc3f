/**
 * A shop with the official Node client just as npm has it: it asks https://api.sandbox.midtrans.com. A process of its
 * own, since trust and proxy come from the environment. Use: node shop.ts EMULATOR_URL SERVER_KEY. Prints as JSON what
 * it was answered.
 */
import midtransClient from 'midtrans-client'
import { admin } from '../../src/client/admin.ts'
import { openInbox, payer } from '../../src/testkit/index.ts'

const [emulatorUrl = '', serverKey = ''] = process.argv.slice(2)
await using inbox = await openInbox()
await admin(emulatorUrl, serverKey).patch('settings', { payment_notification_url: inbox.url })
const client = new midtransClient.CoreApi({ isProduction: false, serverKey, clientKey: 'SB-Mid-client-unused' })

const link = await client.linkPaymentAccount({
  payment_type: 'gopay',
  gopay_partner: { phone_number: '8215023424', country_code: '62', redirect_url: 'https://shop.example/linked' },
})
const linkUrl = link.actions.find(({ name }) => name === 'activation-link-url')?.url ?? ''
// The payer's browser knows nothing of the shop's proxy or names.
const { returnedTo } = await payer.walk(new URL(new URL(linkUrl).pathname, emulatorUrl).href)
const account = await client.getPaymentAccount(link.account_id)
const charge = await client.charge({
  payment_type: 'gopay',
  gopay: {
    account_id: link.account_id,
    payment_option_token: account.metadata.payment_options[0]?.token,
    callback_url: 'https://shop.example/paid',
  },
  transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
})
const [received] = await inbox.waitFor(1)
const notification = await client.transaction.notification(received?.body ?? {})
const status = await client.transaction.status('order-1')
console.log(JSON.stringify({ linkUrl, returnedTo, account, charge, notification, status }))
