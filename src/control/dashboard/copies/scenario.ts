import { accountHere, type Retold, type RetoldCall, subscriptionHere, transactionHere } from './retold.ts'

/** A story as a scenario file, which runs as it is: `midtrans-emulator run FILE`. */
export async function scenarioOf(title: string, { payerBefore, steps, orderId, ending }: Retold): Promise<string> {
  // Loaded by whoever looks at a story: all others would pay for it with every start.
  const { stringify } = await import('yaml')
  const charge = steps.find((step) => step.did === 'call' && step.call.path === '/v2/charge')
  const link = steps.find((step) => step.did === 'call' && step.call.path === '/v2/pay/account')
  const subscribe = steps.find((step) => step.did === 'call' && step.call.path === '/v1/subscriptions')
  const whose = orderId ?? '${link.account_id}'
  const told = steps.map((step) => {
    if (step.did === 'advance') return { advance: `${Math.round(step.ms / 1_000)}s` }
    if (step.did === 'simulate') return { simulate: step.action, id: whose }
    const names = new Map([
      [charge, 'charge'],
      [link, 'link'],
      [subscribe, 'subscription'],
    ])
    return callStep(step.call, names.get(step))
  })
  const last = ending ? [{ expect: ending }] : []
  return stringify({ title, steps: [...(payerBefore === undefined ? [] : linking(payerBefore)), ...told, ...last] })
}

const linking = (phone: string) => [
  {
    call: 'POST /v2/pay/account',
    name: 'link',
    body: { payment_type: 'gopay', gopay_partner: { phone_number: phone } },
  },
  { simulate: 'confirm', id: '${link.account_id}' },
  { call: 'GET /v2/pay/account/${link.account_id}', name: 'account' },
]

function callStep({ method, path, body, headers, status }: RetoldCall, name: string | undefined) {
  return {
    call: `${method} ${referring(path)}`,
    ...(name !== undefined && { name }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body: referringIn(body) }),
    http: status ?? 'no-answer',
  }
}

/** Placeholders as references to earlier answers; what merely looks like one is escaped. */
const referring = (text: string): string =>
  text
    .replaceAll('${', () => '$${')
    .replaceAll(accountHere, '${link.account_id}')
    .replaceAll(transactionHere, '${charge.transaction_id}')
    .replaceAll(subscriptionHere, '${subscription.id}')
    .replace(/\uE000([A-Z_]+)\uE001/g, '${account.metadata.payment_options[$1].token}')

const referringIn = (body: unknown): unknown =>
  typeof body === 'string' ? referring(body) : JSON.parse(referring(JSON.stringify(body)))
