import { readFileSync } from 'node:fs'
import type { PayerBook, PayerFixture } from './payer.ts'

interface PayerFile {
  readonly pin: string
  readonly otp: string
  readonly payers: readonly PayerFixture[]
  readonly newPayer: Omit<PayerFixture, 'phone'>
}

/** Reads a file like fixtures/payers.json. */
export function readPayerBook(file: URL): PayerBook {
  const { payers, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as PayerFile
  const byPhone = new Map(payers.map((payer) => [payer.phone, payer]))
  return { ...rest, find: (phone) => byPhone.get(phone) }
}
