import { GatewayError } from '../errors.ts'

/** Payment types that Midtrans offers and this emulator does not have. */
const notEmulated = new Set([
  'akulaku',
  'bank_transfer',
  'bca_klikbca',
  'bca_klikpay',
  'bri_epay',
  'cimb_clicks',
  'credit_card',
  'cstore',
  'dana',
  'danamon_online',
  'echannel',
  'kredivo',
  'permata',
  'qris',
  'shopeepay',
  'uob_ezpay',
])

/** Refuses all payment types but GoPay: with 501 those that Midtrans has, with 402 all others. */
export function requireGopay(paymentType: string): void {
  if (paymentType === 'gopay') return
  if (!notEmulated.has(paymentType)) throw new GatewayError('no-access-to-payment-type')
  throw new GatewayError('not-emulated', { feature: `payment_type ${paymentType}; there is gopay` })
}
