import { expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause } from '../merchant.ts'

const emulator = await emulatorOfFile()
const shop = await newShop(emulator)
await shop.admin.patch('settings', { callback_hosts: ['shop.example'], quirks: { order_id_symbols: 'reject' } })

type Fields = Readonly<Record<string, unknown>>

interface Fault {
  readonly says: string
  /** Fields by their paths; undefined: left out. */
  readonly sets: Fields
  /** Other fields without which nobody could tell. */
  readonly needs?: readonly string[]
}

const amount = 'transaction_details.gross_amount'
const order = 'transaction_details.order_id'
const account = 'gopay.account_id'
const token = 'gopay.payment_option_token'
const long = 'x'.repeat(256)
const item = { name: 'Tea', price: 50_000, quantity: 1 }
const billing = 'customer_details.billing_address'

// facts.md, section 3: what is wrong with the form of a charge.
const ofTheForm: readonly Fault[] = [
  { says: 'payment_type is invalid', sets: { payment_type: 5 } },
  { says: 'transaction_details is invalid', sets: { transaction_details: 'x' } },
  { says: `${order} is required`, sets: { [order]: undefined } },
  { says: `${order} is too long`, sets: { [order]: 'x'.repeat(51) } },
  { says: `${amount} is required`, sets: { [amount]: undefined } },
  { says: `${amount} is not a number`, sets: { [amount]: 'much' } },
  { says: `${amount} must be greater than or equal to 1`, sets: { [amount]: 0 } },
  { says: 'item_details is invalid', sets: { item_details: item } },
  // An item without a name counts for the sum.
  {
    says: 'item_details[0].name is required',
    sets: { item_details: [{ ...item, name: undefined }] },
    needs: [amount],
  },
  { says: 'item_details[1] is invalid', sets: { item_details: [item, 7] } },
  { says: 'customer_details is invalid', sets: { customer_details: 'Budi' } },
  { says: 'customer_details.first_name is too long', sets: { 'customer_details.first_name': long } },
  { says: `${billing}.country_code is invalid`, sets: { [`${billing}.country_code`]: 'USA' } },
  { says: `${billing}.postal_code is invalid`, sets: { [`${billing}.postal_code`]: '12_34' } },
  { says: 'custom_expiry is invalid', sets: { custom_expiry: '15' } },
  { says: 'custom_expiry.unit is invalid', sets: { custom_expiry: { expiry_duration: 15, unit: 'week' } } },
  { says: 'custom_field1 is too long', sets: { custom_field1: long } },
  { says: 'custom_field2 is invalid', sets: { custom_field2: {} } },
  { says: 'metadata is invalid', sets: { metadata: ['x'] } },
  { says: 'payment_provider_metadata is invalid', sets: { payment_provider_metadata: '0' } },
  { says: 'gopay is invalid', sets: { gopay: 'x' } },
  { says: 'gopay.callback_url is invalid', sets: { 'gopay.callback_url': 7 } },
  { says: 'gopay.recurring is invalid', sets: { 'gopay.recurring': 'yes' } },
  { says: 'gopay.pre_auth is invalid', sets: { 'gopay.pre_auth': 'yes' } },
  { says: 'gopay.promotion_ids is invalid', sets: { 'gopay.promotion_ids': 'x' } },
]

// facts.md, section 3, A.3 (callback domains) and A.4 (pre-authorization): what is wrong with what it asks for.
const ofTheTerms: readonly Fault[] = [
  { says: `${order} contains invalid characters`, sets: { [order]: 'a b' } },
  {
    says: `${amount} is not equal to the sum of item_details`,
    sets: { item_details: [{ ...item, price: 1 }] },
    needs: [amount],
  },
  {
    says: `${amount} must be less than or equal to 100000 for pre_auth in the sandbox`,
    sets: { 'gopay.pre_auth': true, [amount]: 100_001 },
  },
  { says: 'Gopay.account_id is required', sets: { [account]: undefined }, needs: [token] },
  { says: 'Gopay.payment_option_token is required', sets: { [token]: undefined }, needs: [account] },
  // UNCERTAIN in the source: without an account nobody is sent back, and the address does not matter.
  { says: 'gopay.callback_url is invalid', sets: { 'gopay.callback_url': 'javascript:alert(1)' }, needs: [account] },
  {
    says: 'gopay.callback_url is not whitelisted',
    sets: { 'gopay.callback_url': 'https://a.test/' },
    needs: [account],
  },
  {
    says: 'custom_expiry is below minimum threshold',
    sets: { custom_expiry: { expiry_duration: 19, unit: 'second' } },
  },
  {
    says: 'custom_expiry.order_time must be in the format yyyy-MM-dd HH:mm:ss Z',
    sets: { custom_expiry: { expiry_duration: 15, order_time: 'noon' } },
  },
]
const faults = [...ofTheForm, ...ofTheTerms]

const paths = ({ sets }: Fault) => Object.keys(sets)
const overlap = (one: string, other: string) =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)
const disturbs = (one: Fault, other: Fault) =>
  paths(one).some((path) => [...paths(other), ...(other.needs ?? [])].some((read) => overlap(path, read)))

/** Whether both can be wrong at once, and still be seen. */
const areApart = (one: Fault, other: Fault) => !disturbs(one, other) && !disturbs(other, one)

/** A charge of 50,000 with these faults. */
function charge(...wrong: readonly Fault[]) {
  const body = {
    payment_type: 'gopay',
    gopay: { account_id: shop.accountId, payment_option_token: shop.token },
    transaction_details: { order_id: 'order-1', gross_amount: 50_000 },
  }
  const sets = wrong.flatMap((fault) => Object.entries(fault.sets))
  return shop.api.post('/v2/charge', sets.reduce<Fields>(withField, body))
}

function withField(body: Fields, [path, value]: [string, unknown]): Fields {
  const [name = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...body, [name]: value }
  return { ...body, [name]: withField((body[name] ?? {}) as Fields, [rest.join('.'), value]) }
}

const sorted = (...wrong: readonly Fault[]) => wrong.map(({ says }) => says).sort()

async function expectNothingHappened() {
  expect(await shop.status('order-1')).toMatchObject({ status_code: '404' })
  expect(await shop.balance()).toBe('8000000.00')
  // That of the link.
  expect(await shop.admin.get('notifications')).toHaveLength(1)
}

test.each(faults)('that $says is told alone, and as well as any other fault of the charge', async (fault) => {
  expect(await charge(fault)).toMatchObject(refusedBecause(fault.says))
  const others = faults.filter((other) => areApart(fault, other))
  expect(others.length).toBeGreaterThan(10)
  for (const other of others) {
    const { validation_messages, ...answer } = await charge(fault, other)
    expect(validation_messages?.toSorted()).toEqual(sorted(fault, other))
    expect(answer).toMatchObject({ httpStatus: 400, status_code: '400' })
  }
  await expectNothingHappened()
})

test.each(faults)('that $says is told with all others that a charge can have besides', async (fault) => {
  const wrong = [fault]
  for (const other of faults) if (wrong.every((each) => areApart(each, other))) wrong.push(other)
  expect(wrong.length).toBeGreaterThan(5)
  const { validation_messages } = await charge(...wrong)
  expect(validation_messages?.toSorted()).toEqual(sorted(...wrong))
  await expectNothingHappened()
})

test('without any of these faults the charge is paid', async () => {
  expect(await charge()).toMatchObject({ httpStatus: 200, status_code: '200', transaction_status: 'settlement' })
})
