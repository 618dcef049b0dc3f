import { type Static, Type } from 'typebox'
import { GatewayError, invalidAll } from '../errors.ts'
import { Amount, Text } from '../merchant-api/fields.ts'
import { CustomerDetails } from '../payments/order.ts'
import { parseWireTime } from '../wire-time.ts'
import type { NewSubscription, Update } from './operations.ts'
import type { RetrySchedule } from './schedule.ts'

/** A count, as a number or, as was accepted, as text (recordings.md, Subscriptions). `Number` reads both. */
const count = (minimum: number, maximum: number, pattern: string) =>
  Type.Unsafe<number | string>({ type: ['integer', 'string'], minimum, maximum, maxLength: 20, pattern })

/** UNCERTAIN: the largest interval is not documented. */
const Interval = count(1, 9_999, '^0*[1-9][0-9]{0,3}$')

const name = (maxLength: number) =>
  Type.String({ maxLength, pattern: '^[\\w~.-]+$', description: 'Letters, digits, and - _ ~ .' })

/** UNCERTAIN: how long a token may be is not documented. */
const Token = Type.String({ minLength: 1, maxLength: 1_000, description: 'The payment option token.' })

const Gopay = Type.Object({ account_id: Type.Optional({ ...Text, description: 'A linked wallet.' }) })

const Time = (description: string) => Type.String({ maxLength: 50, description })

const RetryScheduleBody = Type.Object({
  interval: Type.Optional(Interval),
  interval_unit: Type.Optional(Type.Enum(['minute', 'hour', 'day'])),
  max_interval: Type.Optional({ ...count(0, 3, '^0*[0-3]$'), description: '0: a charge is not tried again.' }),
})

/** Body of POST /v1/subscriptions (facts.md, section 8). What it does not name is accepted, and not looked at. */
export const CreateBody = Type.Object({
  name: name(40),
  amount: { ...Amount, description: 'In rupiah, as text, without decimals.' },
  currency: Type.Enum(['IDR']),
  payment_type: Type.String({ minLength: 1, maxLength: 50, description: 'gopay; anything else is not emulated.' }),
  token: Token,
  gopay: Type.Optional(Gopay),
  schedule: Type.Object({
    interval: Interval,
    interval_unit: Type.Enum(['day', 'week', 'month']),
    max_interval: Type.Optional({
      ...count(0, 99_999, '^[0-9]{1,5}$'),
      description: 'How many charges; 0: one; missing: there is no end.',
    }),
    start_time: Type.Optional(
      Time('Of the first charge, "2020-07-22 07:25:01 +0700"; missing: one interval from now.'),
    ),
  }),
  retry_schedule: Type.Optional(RetryScheduleBody),
  metadata: Type.Optional(Type.Object({})),
  customer_details: Type.Optional(CustomerDetails),
})

/** Body of PATCH /v1/subscriptions/{subscription_id} (docs.midtrans.com, update-subscription). */
export const UpdateBody = Type.Object({
  // UNCERTAIN: a shorter name than create takes; so it is documented.
  name: name(15),
  amount: { ...Amount, description: 'In rupiah, as text, without decimals.' },
  currency: Type.Enum(['IDR']),
  token: Token,
  schedule: Type.Optional(
    Type.Object({
      interval: Type.Optional(Interval),
      next_execution_at: Type.Optional(Time('Of the next charge; an ended subscription goes on.')),
    }),
  ),
  retry_schedule: Type.Optional(RetryScheduleBody),
  gopay: Type.Optional(Gopay),
})

type CreateBody = Static<typeof CreateBody>
type UpdateBody = Static<typeof UpdateBody>

/** The subscription that a body asks for. Throws where it asks for another payment type. */
export function newSubscription(body: CreateBody): NewSubscription {
  const { payment_type, gopay, schedule, metadata } = body
  if (payment_type !== 'gopay') {
    throw new GatewayError('not-emulated', { feature: `payment_type ${payment_type}; there is gopay` })
  }
  const accountId = gopay?.account_id ?? ''
  const startAt = timeIn(schedule.start_time)
  const faults = [
    ...(accountId === '' ? ['subscription.gopay.account_id is required'] : []),
    ...(Number.isNaN(startAt) ? ['subscription.schedule.start_time is invalid'] : []),
    ...(isLong(metadata) ? ['subscription.metadata is too long'] : []),
  ]
  if (faults.length > 0) throw invalidAll(faults)
  return {
    name: body.name,
    amount: Number(body.amount),
    accountId,
    token: body.token,
    interval: Number(schedule.interval),
    unit: schedule.interval_unit,
    maxInterval: schedule.max_interval === undefined ? undefined : Number(schedule.max_interval),
    startAt,
    retrySchedule: retriesIn(body.retry_schedule),
    metadata,
    customerDetails: body.customer_details,
  }
}

/** What a body wants to be changed. */
export function updateIn({ name, amount, token, schedule = {}, retry_schedule, gopay }: UpdateBody): Update {
  const nextAt = timeIn(schedule.next_execution_at)
  if (Number.isNaN(nextAt)) throw invalidAll(['subscription.schedule.next_execution_at is invalid'])
  return {
    name,
    amount: Number(amount),
    token,
    accountId: gopay?.account_id || undefined,
    interval: schedule.interval === undefined ? undefined : Number(schedule.interval),
    nextAt,
    retrySchedule: retriesIn(retry_schedule),
  }
}

function retriesIn(body: Static<typeof RetryScheduleBody> | undefined): Partial<RetrySchedule> | undefined {
  if (body === undefined) return undefined
  const { interval, interval_unit, max_interval } = body
  return {
    ...(interval !== undefined && { interval: Number(interval) }),
    ...(interval_unit !== undefined && { unit: interval_unit }),
    ...(max_interval !== undefined && { maxInterval: Number(max_interval) }),
  }
}

/** NaN: it is no time. */
const timeIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (parseWireTime(text) ?? Number.NaN)

/** Less than 1 KB (facts.md, section 8). */
const isLong = (metadata: object | undefined): boolean => Buffer.byteLength(JSON.stringify(metadata ?? {})) >= 1_024
