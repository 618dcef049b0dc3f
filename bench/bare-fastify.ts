/** A bare Fastify route that parses and answers bodies of the size of a charge's: what our charges are measured against. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'

/** As long as the answer to the charge that the benchmark sends. */
const answer = {
  status_code: '200',
  status_message: 'Success, GoPay transaction is successful',
  transaction_id: '00000269-7836-49e5-bc65-e592afafec14',
  merchant_id: 'G000000000',
  gross_amount: '1.00',
  currency: 'IDR',
  payment_type: 'gopay',
  transaction_time: '2016-06-28 09:42:20',
  transaction_status: 'settlement',
  fraud_status: 'accept',
  settlement_time: '2016-06-28 09:42:20',
  expiry_time: '2016-06-28 09:57:20',
}

const app = Fastify()
app.get('/livez', () => ({ status: 'ok' }))
app.post<{ Body: { transaction_details: { order_id: string } } }>('/v2/charge', ({ body }) => ({
  ...answer,
  order_id: body.transaction_details.order_id,
}))
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`bare Fastify: ${(app.server.address() as AddressInfo).port}`)
process.on('SIGTERM', () => process.exit(0))
