import { Type } from 'typebox'
import { signed } from '../../midtrans/signature.ts'
import { checkSignature } from '../../midtrans/signature-check.ts'
import type { Sandboxes } from '../../sandboxes.ts'
import type { AdminApi } from './admin-api.ts'

const Body = Type.Object({}, { additionalProperties: true })

/**
 * POST /__admin/signature/sign: the notification that was sent here, signed by the sandbox's key.
 * POST /__admin/signature/verify: whether its signature is right and, if not, why.
 */
export function signature(api: AdminApi): void {
  api.post('/__admin/signature/sign', Body, ({ serverKey }, body) => signed(body, serverKey))

  api.post('/__admin/signature/verify', Body, ({ serverKey }, body, sandboxes) => {
    const { isValid, why } = checkSignature(body, serverKey, otherKeys(sandboxes, serverKey))
    return { valid: isValid, why }
  })
}

/** Name of a sandbox -> its key. */
const otherKeys = ({ all }: Sandboxes, serverKey: string): ReadonlyMap<string, string> =>
  new Map(
    all
      .filter((sandbox) => sandbox.serverKey !== serverKey)
      .map((sandbox) => [`sandbox ${sandbox.settings.merchantId}`, sandbox.serverKey]),
  )
