import { createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Certified } from './authority.ts'

/** Where a data folder keeps the certificate of its CA. */
export const authorityFile = (data: string): string => join(data, 'ca.pem')

const keyFile = (data: string): string => join(data, 'ca-key.pem')

/**
 * The CA that a data folder keeps, made on first use; without a folder a new one. Rejects where its files cannot be
 * used: a new CA in their place would be one that nobody trusts.
 */
export async function openAuthority(
  data: string | undefined,
  make: () => Promise<Certified>,
  now: number,
): Promise<Certified> {
  if (data === undefined) return make()
  const [certificate, key] = await Promise.all([readIfThere(authorityFile(data)), readIfThere(keyFile(data))])
  if (certificate === undefined && key === undefined) return kept(data, await make())
  const fault = faultOf(certificate, key, now)
  if (fault === undefined && certificate !== undefined && key !== undefined) return { certificate, key }
  throw new Error(
    `the CA in ${data} cannot be used: ${fault}; remove ca.pem and ca-key.pem there, and have clients trust the new one`,
  )
}

function faultOf(certificate: string | undefined, key: string | undefined, now: number): string | undefined {
  if (certificate === undefined) return 'ca.pem is missing'
  if (key === undefined) return 'ca-key.pem is missing'
  try {
    const read = new NodeCertificate(certificate)
    if (!read.checkPrivateKey(createPrivateKey(key))) return 'ca-key.pem is the key of another certificate'
    if (Date.parse(read.validFrom) > now) return `ca.pem is valid from ${read.validFrom} on, and it is earlier here`
    return Date.parse(read.validTo) > now ? undefined : `ca.pem was valid until ${read.validTo}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The key first: a certificate without one would be in the way at the next start. */
async function kept(data: string, authority: Certified): Promise<Certified> {
  await writeWhole(keyFile(data), authority.key, 0o600)
  await writeWhole(authorityFile(data), authority.certificate, 0o644)
  return authority
}

async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  await writeFile(`${file}.tmp`, text, { mode })
  await rename(`${file}.tmp`, file)
}

const readIfThere = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
