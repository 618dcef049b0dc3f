import { hash } from 'node:crypto'
import { signed } from '../../src/midtrans/signature.ts'
import { parseWireTime, wireTime } from '../../src/midtrans/wire-time.ts'

/** What examples show instead of what differs from run to run. */
const origin = 'http://localhost:8765'
const merchantId = 'G123456789'
export const began = '2026-12-01T09:00:00+07:00'
const beganAt = Date.parse(began)
export const serverKey = 'SB-Mid-server-local'

/** A real answer, made the same in each run: addresses, ids and signatures. */
export function stable(text: string, seed: string): unknown {
  const ids = new Map<string, string>()
  const idLike = (make: (seed: string) => string) => (found: string) => {
    const id = ids.get(found) ?? make(`${seed} ${ids.size}`)
    ids.set(found, id)
    return id
  }
  const others = text
    .replace(/http:\/\/(?:127\.0\.0\.1|localhost):\d+/g, origin)
    .replace(/(?<=Host: |"host":"|\b)127\.0\.0\.1:\d+/gi, 'localhost:8765')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, idLike(uuidOf))
    .replace(/(?<="(?:request_)?id":")[\w-]{21}(?=")/g, idLike(shortIdOf))
    .replace(/\bG\d{9}\b/g, merchantId)
    // A clock that runs has gone on a little.
    .replace(/(?<=\d\d:\d\d:\d\d)\.\d{3}Z/g, '.000Z')
  const body = JSON.parse(others)
  // Whoever checks the signature of an example with the key of all examples finds it right.
  return body.signature_key === undefined ? body : signed(body, serverKey)
}

/**
 * Real times made the same in each run: the first one of a text becomes that at which all examples begin; all others keep their
 * distance from it.
 */
export function withStableTimes(text: string): string {
  const wire = /(?<=")\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?=")/g
  const iso = /(?<=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?=")/g
  const times = [
    ...Array.from(text.matchAll(wire), ([found]) => parseWireTime(`${found} +0700`) ?? 0),
    ...Array.from(text.matchAll(iso), ([found]) => Date.parse(found)),
  ]
  const shift = beganAt - Math.min(...times)
  // A second may pass in the midst of an answer.
  const rounded = (at: number) => beganAt + Math.round((at + shift - beganAt) / 10_000) * 10_000
  return text
    .replace(wire, (found) => wireTime(rounded(parseWireTime(`${found} +0700`) ?? 0)))
    .replace(iso, (found) => new Date(rounded(Date.parse(found))).toISOString())
}

function uuidOf(seed: string): string {
  const hex = hash('sha256', seed)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

const shortIdOf = (seed: string) => hash('sha256', seed, 'base64url').slice(0, 21)
