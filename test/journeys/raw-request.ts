import { type OutgoingHttpHeaders, request } from 'node:http'
import { json } from 'node:stream/consumers'

/** A request whose Host and repeated header lines go out as they are given: fetch knows better. */
export function rawPost(url: string, headers: OutgoingHttpHeaders, body: unknown): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  request(url, { method: 'POST', headers }, (response) => json(response).then(resolve, reject))
    .on('error', reject)
    .end(JSON.stringify(body))
  return promise
}

export const basicAuth = (serverKey: string): string => `Basic ${Buffer.from(`${serverKey}:`).toString('base64')}`
