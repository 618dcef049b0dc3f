import { signed } from '../midtrans/signature.ts'
import { objectionToSigning } from '../midtrans/signature-check.ts'
import { readSigned, signatureFlags, signatureHelp } from './signature-input.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: '[FILE]',
  flags: signatureFlags,
  more: signatureHelp,
  examples: [
    `echo '{"order_id":"order-1","status_code":"200","gross_amount":"50000.00"}' > notification.json`,
    'midtrans-emulator sign notification.json --key SB-Mid-server-local > signed.json',
  ],
  exitCodes: '0 ok, 2 bad input',
  async run({ flags, operands }) {
    const { key, body } = await readSigned(flags, operands)
    const objection = objectionToSigning(body)
    if (objection) throw new CommandError(objection)
    console.log(JSON.stringify(signed(body, key)))
    return 0
  },
})
