/**
 * Names of Midtrans's sandbox, which clients with a fixed address ask for: the Core API, Snap and the payer's pages, the
 * simulator (recordings.md), and BI-SNAP's (facts.md, section 9).
 */
export const midtransHosts: readonly string[] = [
  'api.sandbox.midtrans.com',
  'app.sandbox.midtrans.com',
  'simulator.sandbox.midtrans.com',
  'merchants.sbx.midtrans.com',
  'merchants-app.sbx.midtrans.com',
]

/** Domains below which all of these stand. */
export const midtransDomains: readonly string[] = ['sandbox.midtrans.com', 'sbx.midtrans.com']

export const isMidtransHost = (name: string): boolean => midtransHosts.includes(name.toLowerCase().replace(/\.$/, ''))
