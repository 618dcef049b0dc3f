import 'reflect-metadata'
import type { webcrypto } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { midtransDomains, midtransHosts } from '../midtrans/hosts.ts'

/** A certificate with its private key, both as PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000
/** A CA is put into trust stores by hand: it has to last. */
const authorityDays = 3_650
/** Longest that browsers and Apple's systems accept is 398 days. */
const serverDays = 365

/**
 * A new CA, valid for ten years from `now` (milliseconds since epoch). It can vouch for the names of Midtrans's sandbox
 * and for this machine, and for nothing else: whoever trusts it opens no other door (RFC 5280, 4.2.1.10).
 */
export async function newAuthority(now: number): Promise<Certified> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=midtrans-emulator CA, O=midtrans-emulator',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(now + authorityDays * day),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(permittedNames())),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) }
}

/** A certificate for all names that the emulator answers to, signed by the CA, valid for a year from `now`. */
export async function serverCertificate(
  authority: Certified,
  now: number,
  names: readonly string[] = [...midtransHosts, 'localhost'],
): Promise<Certified> {
  const issuer = new X509Certificate(authority.certificate)
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${names[0]}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await privateKeyOf(authority.key),
    signingAlgorithm: algorithm,
    notBefore: new Date(now - day),
    notAfter: new Date(Math.min(now + serverDays * day, issuer.notAfter.getTime())),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      // Asked for where Python 3.13 and others check strictly.
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        ...['127.0.0.1', '::1'].map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key: await pemOf(keys.privateKey) }
}

function permittedNames(): NameConstraints {
  const names = [
    ...[...midtransDomains, 'localhost'].map((dNSName) => new GeneralName({ dNSName })),
    ...['127.0.0.0/8', '::1/128'].map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(names.map((base) => new GeneralSubtree({ base }))),
  })
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const pemOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`

async function privateKeyOf(pem: string): Promise<webcrypto.CryptoKey> {
  const [der] = PemConverter.decode(pem)
  if (der === undefined) throw new Error('found no private key')
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}
