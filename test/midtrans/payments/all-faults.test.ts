import { describe, expect, test } from 'vitest'
import { emulatorOfFile, newShop, refusedBecause } from '../merchant.ts'

const emulator = await emulatorOfFile()
const shop = await newShop(emulator)
let orders = 0
const newOrder = () => `order-${++orders}`
const long = 'x'.repeat(256)
const longest = 'x'.repeat(255)
const item = { name: 'Tea', price: 50_000, quantity: 1 }

/** All faults of a charge of 50,000 with this laid over it; nothing must come of it. */
async function faultsOf(more: object, gopay: object = {}): Promise<string[]> {
  const order = newOrder()
  const answer = await shop.charge(order, 50_000, { more, gopay })
  const messages: string[] = answer.validation_messages ?? []
  expect(answer).toMatchObject(refusedBecause(...messages))
  expect(await shop.status(order)).toMatchObject({ status_code: '404' })
  expect(await shop.told(order)).toEqual([])
  return messages
}

// facts.md, section 3, object by object. UNCERTAIN in the source: the words for what has the wrong type.
test.each<[object, string]>([
  [{ transaction_details: 'x' }, 'transaction_details is invalid'],
  [{ payment_type: 5 }, 'payment_type is invalid'],
  [{ item_details: 'x' }, 'item_details is invalid'],
  [{ item_details: item }, 'item_details is invalid'],
  [{ item_details: ['x'] }, 'item_details[0] is invalid'],
  [{ item_details: [item, 7] }, 'item_details[1] is invalid'],
  [{ item_details: [{ price: 50_000, quantity: 1 }] }, 'item_details[0].name is required'],
  [{ item_details: [{ name: 'Tea', quantity: 1 }] }, 'item_details[0].price is required'],
  [{ item_details: [{ name: 'Tea', price: 50_000 }] }, 'item_details[0].quantity is required'],
  [{ item_details: [{ ...item, price: 1.5 }] }, 'item_details[0].price is not a number'],
  [{ item_details: [{ ...item, price: 'much' }] }, 'item_details[0].price is not a number'],
  [{ item_details: [{ ...item, quantity: '1,5' }] }, 'item_details[0].quantity is not a number'],
  [{ item_details: [{ ...item, quantity: 0 }] }, 'item_details[0].quantity must be greater than or equal to 1'],
  [{ item_details: [{ ...item, name: true }] }, 'item_details[0].name is invalid'],
  [{ item_details: [item, { ...item, price: 0, name: long }] }, 'item_details[1].name is too long'],
  [{ item_details: [{ ...item, id: long }] }, 'item_details[0].id is too long'],
  [{ customer_details: 'Budi' }, 'customer_details is invalid'],
  [{ customer_details: ['Budi'] }, 'customer_details is invalid'],
  [{ customer_details: { first_name: long } }, 'customer_details.first_name is too long'],
  [{ customer_details: { last_name: long } }, 'customer_details.last_name is too long'],
  [{ customer_details: { email: long } }, 'customer_details.email is too long'],
  [{ customer_details: { phone: long } }, 'customer_details.phone is too long'],
  [{ customer_details: { first_name: {} } }, 'customer_details.first_name is invalid'],
  [{ custom_field1: true }, 'custom_field1 is invalid'],
  [{ custom_field1: {} }, 'custom_field1 is invalid'],
  [{ custom_field2: long }, 'custom_field2 is too long'],
  [{ custom_field3: long }, 'custom_field3 is too long'],
  [{ metadata: 'x' }, 'metadata is invalid'],
  [{ metadata: 7 }, 'metadata is invalid'],
  [{ metadata: ['x'] }, 'metadata is invalid'],
  [{ payment_provider_metadata: '0' }, 'payment_provider_metadata is invalid'],
  [{ custom_expiry: '15' }, 'custom_expiry is invalid'],
  [{ custom_expiry: {} }, 'custom_expiry.expiry_duration is required'],
  [{ custom_expiry: { expiry_duration: 15, unit: 'week' } }, 'custom_expiry.unit is invalid'],
  [{ custom_expiry: { expiry_duration: 15, order_time: 7 } }, 'custom_expiry.order_time is invalid'],
  [{ gopay: 'x' }, 'gopay is invalid'],
  [{ gopay: ['x'] }, 'gopay is invalid'],
])('a charge with %j is refused: %s', async (more, message) => {
  expect(await faultsOf(more)).toEqual([message])
})

// UNCERTAIN in the source: no refusal of a number was seen, and an order_id was accepted so.
test('a text of the merchant may come as a number, and is echoed as text', async () => {
  const order = newOrder()
  const address = { postal_code: 12_345, phone: 812, address: 5 }
  const more = {
    item_details: [{ ...item, id: 1, name: 2 }],
    customer_details: { first_name: 3, billing_address: address, shipping_address: address },
    custom_field1: 4,
    custom_field3: 1.5,
  }
  expect(await shop.charge(order, 50_000, { more })).toMatchObject({ status_code: '200' })
  expect(await shop.status(order)).toMatchObject({ custom_field1: '4', custom_field3: '1.5' })
})

// facts.md, section 3, customer_details: the two addresses have the same rules.
describe.each(['billing_address', 'shipping_address'])('%s', (name) => {
  const path = `customer_details.${name}`
  test.each<[unknown, string]>([
    ['Jalan', `${path} is invalid`],
    [{ first_name: long }, `${path}.first_name is too long`],
    [{ last_name: long }, `${path}.last_name is too long`],
    [{ phone: long }, `${path}.phone is too long`],
    [{ address: long }, `${path}.address is too long`],
    [{ city: long }, `${path}.city is too long`],
    [{ postal_code: long }, `${path}.postal_code is too long`],
    [{ postal_code: '12_34' }, `${path}.postal_code is invalid`],
    [{ postal_code: 'é' }, `${path}.postal_code is invalid`],
    [{ postal_code: ['12345'] }, `${path}.postal_code is invalid`],
    [{ country_code: 'USA' }, `${path}.country_code is invalid`],
    [{ country_code: 'idn' }, `${path}.country_code is invalid`],
    [{ country_code: '' }, `${path}.country_code is invalid`],
  ])('%j is refused', async (address, message) => {
    expect(await faultsOf({ customer_details: { [name]: address } })).toEqual([message])
  })

  test('may be as long as it may be', async () => {
    const address = { first_name: longest, last_name: longest, phone: longest, address: longest, city: longest }
    const rest = { postal_code: '12-34 AB', country_code: 'IDN' }
    const customer_details = { first_name: longest, email: longest, [name]: { ...address, ...rest } }
    expect(await shop.charge(newOrder(), 1, { more: { customer_details } })).toMatchObject({ status_code: '200' })
  })
})

// facts.md, section 3, gopay object.
test.each<[object, string]>([
  [{ account_id: 7 }, 'gopay.account_id is invalid'],
  [{ payment_option_token: 7 }, 'gopay.payment_option_token is invalid'],
  [{ enable_callback: 'yes' }, 'gopay.enable_callback is invalid'],
  [{ callback_url: 7 }, 'gopay.callback_url is invalid'],
  [{ pre_auth: 1 }, 'gopay.pre_auth is invalid'],
  [{ recurring: 'yes' }, 'gopay.recurring is invalid'],
  [{ promotion_ids: 'CASHBACK|x' }, 'gopay.promotion_ids is invalid'],
  [{ promotion_ids: [7] }, 'gopay.promotion_ids[0] is invalid'],
  [{ promotion_ids: [long] }, 'gopay.promotion_ids[0] is too long'],
  [{ promotion_ids: { first: 'x' } }, 'gopay.promotion_ids is invalid'],
])('a charge with the gopay object %j is refused: %s', async (gopay, message) => {
  // What is there, though wrong, is not told to be missing.
  expect(await faultsOf({}, gopay)).toEqual([message])
})
