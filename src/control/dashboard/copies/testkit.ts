import { accountHere, optionIn, type Retold, type RetoldCall, subscriptionHere, transactionHere } from './retold.ts'

/** A story as a test in JavaScript, with the test kit: a file that `node --test` runs. */
export function testOf(title: string, { payerBefore, steps, orderId, ending }: Retold): string {
  const whose = orderId === undefined ? 'link.account_id' : literal(orderId)
  const told = steps.flatMap((step) => {
    if (step.did === 'advance') return [`await admin.advance('${Math.round(step.ms / 1_000)}s')`]
    if (step.did === 'simulate') return [`await admin.simulate('${step.action}', ${whose})`]
    return [callLine(step.call)]
  })
  const lines = [
    ...(payerBefore === undefined ? [] : linking(payerBefore)),
    ...told,
    ...(ending ? [`await admin.expect(${literal(ending)})`] : []),
  ]
  return [
    "import test from 'node:test'",
    "import { startEmulator } from 'midtrans-emulator/testkit'",
    '',
    `test(${literal(title)}, async () => {`,
    '  await using emulator = await startEmulator()',
    "  const key = 'SB-Mid-server-test'",
    '  const admin = emulator.admin(key)',
    "  const headers = { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' }",
    '  const call = async (method, path, body, more) =>',
    '    (await fetch(emulator.url + path, { method, headers: { ...headers, ...more }, body: JSON.stringify(body) })).json()',
    ...lines.map((line) => `  ${line}`),
    '})',
    '',
  ].join('\n')
}

const linking = (phone: string) => [
  `const link = await call('POST', '/v2/pay/account', { payment_type: 'gopay', gopay_partner: { phone_number: '${phone}' } })`,
  "await admin.simulate('confirm', link.account_id)",
  "const account = await call('GET', `/v2/pay/account/${link.account_id}`)",
  'const tokenOf = (option) => account.metadata.payment_options.find(({ name }) => name === option).token',
]

/** Answers that are needed later get a name. */
function callLine({ method, path, body, headers }: RetoldCall): string {
  const hasHeaders = Object.keys(headers).length > 0
  const given = [
    `'${method}'`,
    literal(path),
    ...(body === undefined ? (hasHeaders ? ['undefined'] : []) : [literal(body)]),
    ...(hasHeaders ? [literal(headers)] : []),
  ]
  const name = method !== 'POST' ? undefined : namesOfAnswers[path]
  return `${name === undefined ? '' : `const ${name} = `}await call(${given.join(', ')})`
}

const namesOfAnswers: Readonly<Record<string, string>> = {
  '/v2/charge': 'charge',
  '/v2/pay/account': 'link',
  '/v1/subscriptions': 'subscription',
}

/** A value in JavaScript, with placeholders as the variables that hold what they stand for. */
function literal(value: unknown): string {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, each]) => `${key(name)}: ${literal(each)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

const key = (name: string): string => (/^[a-z_]\w*$/i.test(name) && name !== '__proto__' ? name : `[${text(name)}]`)

function text(value: string): string {
  const option = optionIn(value)
  if (option !== undefined) return `tokenOf('${option}')`
  const parts = value.split(/(\uE000\w+\uE001)/).filter((part) => part !== '')
  const variableIn = (part: string) => variables.get(part)
  if (!parts.some(variableIn)) return `'${escaped(value).replaceAll("'", "\\'")}'`
  if (parts.length === 1) return variableIn(value) ?? ''
  const inside = parts.map((part) => {
    const variable = variableIn(part)
    if (variable !== undefined) return `\${${variable}}`
    return escaped(part).replaceAll('`', '\\`').replaceAll('${', '\\${')
  })
  return `\`${inside.join('')}\``
}

/** What stands between quotes that are not double ones. */
const escaped = (part: string): string => JSON.stringify(part).slice(1, -1).replaceAll('\\"', '"')

const variables: ReadonlyMap<string, string> = new Map([
  [accountHere, 'link.account_id'],
  [transactionHere, 'charge.transaction_id'],
  [subscriptionHere, 'subscription.id'],
])
