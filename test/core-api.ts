import { payer } from '../src/testkit/index.ts'

/** The Core API of a merchant, as plain HTTP. Answers are asserted by each test, so they are not typed here. */
export interface CoreApiClient {
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API under test has no type that could be trusted
  get(path: string, headers?: Record<string, string>): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: see above
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<any>
}

export function coreApi(url: string, serverKey: string): CoreApiClient {
  const authorization = `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { ...((await response.json()) as object), httpStatus: response.status }
  }
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
  }
}

/** Links a number by walking the pages; answers with the account's id. */
export async function linkAccount(api: CoreApiClient, gopay_partner: object): Promise<string> {
  const link = await api.post('/v2/pay/account', { payment_type: 'gopay', gopay_partner })
  const action = link.actions.find(({ name }: { name: string }) => name === 'activation-link-url')
  await payer.walk(action.url)
  return link.account_id
}
