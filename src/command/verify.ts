import { checkSignature } from '../midtrans/signature-check.ts'
import { readSigned, signatureFlags } from './signature-input.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: signatureFlags,
  async run({ flags }) {
    const { key, body } = await readSigned(flags)
    const { isValid, why } = checkSignature(body, key)
    if (flags.json) console.log(JSON.stringify({ valid: isValid, why }))
    else console.log([isValid ? 'valid' : 'not valid', ...why].join('\n'))
    return isValid ? 0 : 1
  },
})
