import { checkSignature } from '../midtrans/signature-check.ts'
import { readSigned, signatureFlags, signatureHelp } from './signature-input.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: '[FILE]',
  flags: signatureFlags,
  more: signatureHelp,
  examples: ['midtrans-emulator verify signed.json --key SB-Mid-server-local'],
  exitCodes: '0 the signature is right, 1 it is not, 2 bad input',
  async run({ flags, operands }) {
    const { key, body } = await readSigned(flags, operands)
    const { isValid, why, isUnsigned } = checkSignature(body, key)
    if (flags.json) console.log(JSON.stringify({ valid: isValid, why }))
    else console.log([isValid ? 'valid' : isUnsigned ? 'not signed' : 'not valid', ...why].join('\n'))
    return isValid ? 0 : 1
  },
})
