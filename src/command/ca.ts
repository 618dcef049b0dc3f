import { authorityFlags, readAuthority } from './authority.ts'
import { commonFlags } from './parse.ts'
import { print } from './print.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: { ...authorityFlags, ...commonFlags },
  more: 'For an emulator that was started with --tls.',
  examples: ['midtrans-emulator ca > ca.pem'],
  async run({ flags }) {
    const read = await readAuthority(flags)
    const { subject, fingerprint256: fingerprint, validToDate } = read
    const certificate = read.toString()
    const told = { certificate, subject, fingerprint, valid_to: validToDate.toISOString() }
    print(flags.json, told, [certificate.trimEnd()])
    return 0
  },
})
