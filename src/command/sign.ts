import { signed } from '../midtrans/signature.ts'
import { objectionToSigning } from '../midtrans/signature-check.ts'
import { readSigned, signatureFlags } from './signature-input.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: signatureFlags,
  async run({ flags }) {
    const { key, body } = await readSigned(flags)
    const objection = objectionToSigning(body)
    if (objection) throw new CommandError(objection)
    console.log(JSON.stringify(signed(body, key)))
    return 0
  },
})
