import { hash } from 'node:crypto'

/** Of transactions, over the texts as they stand in the body (facts.md, section 4). */
export const transactionSignature = (orderId: string, statusCode: string, grossAmount: string, serverKey: string) =>
  hash('sha512', orderId + statusCode + grossAmount + serverKey)

/** Of pay accounts (facts.md, section 2). */
export const accountSignature = (accountId: string, accountStatus: string, statusCode: string, serverKey: string) =>
  hash('sha512', accountId + accountStatus + statusCode + serverKey)

/** The fields of a notification that a signature is made of. */
export type SignedFields = Readonly<
  Partial<Record<'order_id' | 'status_code' | 'gross_amount' | 'account_id' | 'account_status', string>>
>

/** The signature that belongs to a notification, of whichever kind it is. */
export function signatureOf(body: SignedFields, serverKey: string): string {
  const { order_id = '', status_code = '', gross_amount = '', account_id = '', account_status } = body
  return account_status === undefined
    ? transactionSignature(order_id, status_code, gross_amount, serverKey)
    : accountSignature(account_id, account_status, status_code, serverKey)
}

/** Whether a notification carries a signature at all. */
export const isSigned = (body: object): boolean => 'signature_key' in body

/** Those of a subscription carry none (facts.md, section 12). */
export const isOfSubscription = (body: object): boolean => 'subscription' in body || 'schedule' in body

/** A notification with the signature that belongs to it; other keys stay where they are. */
export const signed = <Body extends SignedFields>(body: Body, serverKey: string): Body & { signature_key: string } => ({
  ...body,
  signature_key: signatureOf(body, serverKey),
})
