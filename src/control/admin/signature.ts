import { Type } from 'typebox'
import { signed } from '../../midtrans/signature.ts'
import { checkSignature, objectionToSigning } from '../../midtrans/signature-check.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { AdminApi } from './admin-api.ts'
import { Problem } from './problem.ts'

const Body = Type.Object({}, { additionalProperties: true })

/**
 * POST /__admin/signature/sign: the notification that was sent here, signed by the sandbox's key.
 * POST /__admin/signature/verify: whether its signature is right and, if not, why.
 */
export function signature(api: AdminApi): void {
  const notification = { order_id: 'order-1', status_code: '200', gross_amount: '50000.00' }
  const sign = { summary: 'Signs a notification', body: Body, example: notification }
  api.post('/__admin/signature/sign', sign, ({ serverKey }, { body }) => signedAs(body, serverKey))

  const verify = {
    summary: 'Tells whether the signature of a notification is right and, if not, why',
    body: Body,
    example: { ...notification, signature_key: '0'.repeat(128) },
  }
  api.post('/__admin/signature/verify', verify, ({ serverKey }, { body, sandboxes }) => {
    const { isValid, why } = checkSignature(body, serverKey, otherKeys(sandboxes, serverKey))
    return { valid: isValid, why }
  })
}

/** Signs a body, or says why it cannot be signed. */
export function signedAs(body: object, serverKey: string): object {
  const objection = objectionToSigning(body)
  if (objection) throw new Problem(400, 'Not to be signed', objection)
  return signed(body, serverKey)
}

/** Name of a sandbox -> its key, of all the others. */
export const otherKeys = ({ all }: Sandboxes, serverKey: string): ReadonlyMap<string, string> =>
  new Map(
    all
      .filter((sandbox) => sandbox.serverKey !== serverKey)
      .map((sandbox) => [`sandbox ${sandbox.settings.merchantId}`, sandbox.serverKey]),
  )
