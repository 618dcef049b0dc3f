import { hash } from 'node:crypto'

/** Of transactions, over the texts as they stand in the body (facts.md, section 4). */
export const transactionSignature = (orderId: string, statusCode: string, grossAmount: string, serverKey: string) =>
  hash('sha512', orderId + statusCode + grossAmount + serverKey)

/** Of pay accounts (facts.md, section 2). */
export const accountSignature = (accountId: string, accountStatus: string, statusCode: string, serverKey: string) =>
  hash('sha512', accountId + accountStatus + statusCode + serverKey)
