import { expect, test } from 'vitest'
import { readPayerBook } from '../../../src/midtrans/payers/payer-book.ts'
import { fullPhone, maskedPhone } from '../../../src/midtrans/payers/phone.ts'
import { packageFile } from '../../../src/package-files.ts'

const book = readPayerBook(packageFile('fixtures/payers.json'))

// recordings.md, POST /v2/pay/account: forms that were accepted.
test.each([
  ['8215023424', '62', '628215023424'],
  ['628215023424', '62', '628215023424'],
  ['628215023424', undefined, '628215023424'],
  ['8215023424', undefined, '628215023424'],
  ['441234567', '380', '380441234567'],
  ['380441234567', '380', '380441234567'],
  ['380441234567', undefined, '380441234567'],
  ['8877661234', '91', '918877661234'],
  ['123450001', '62', '123450001'],
  ['123450002', undefined, '123450002'],
  ['85555000111', '62', '6285555000111'],
  ['628123456789', '62', '628123456789'],
  ['6285555000111', undefined, '6285555000111'],
])('%s with country code %s is %s', (phone, countryCode, full) => {
  expect(fullPhone(phone, countryCode, book)).toBe(full)
})

test('a number on a page shows only its ends', () => {
  expect(maskedPhone('628215023424')).toBe('+62****3424')
})

// facts.md, A.4: PIN and OTP of the sandbox, and what each number is.
test('the book has all payers of the sandbox', () => {
  expect(book).toMatchObject({ pin: '112233', otp: '987654' })
  const rich = '628215023424 628242974268 380441234567 380441234568 918877661234 918877661235 628237435829'.split(' ')
  for (const phone of rich) {
    expect(book.find(phone)?.options[0]).toEqual({ name: 'GOPAY_WALLET', balance: 8_000_000 })
  }
  expect(book.find('628242014881')?.options).toEqual([{ name: 'GOPAY_WALLET', balance: 0 }])
  expect(book.find('628103001242')?.options).toContainEqual({ name: 'PAY_LATER', balance: 8_000_000 })
  expect(book.find('628271939753')?.linking).toEqual({ refused: 'blocked' })
  expect(book.find('6285555000111')).toBeUndefined()
})
