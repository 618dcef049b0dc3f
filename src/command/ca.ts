import { authorityFlags, readAuthority } from './authority.ts'
import { commonFlags } from './parse.ts'
import { defineVerb } from './verb.ts'

export const verb = defineVerb({
  flags: { ...authorityFlags, ...commonFlags },
  more: 'For an emulator that was started with --tls: midtrans-emulator ca > ca.pem',
  async run({ flags }) {
    const read = await readAuthority(flags)
    const certificate = read.toString()
    if (flags.json) {
      const { subject, fingerprint256: fingerprint, validToDate } = read
      console.log(JSON.stringify({ certificate, subject, fingerprint, valid_to: validToDate.toISOString() }))
    } else process.stdout.write(certificate)
    return 0
  },
})
