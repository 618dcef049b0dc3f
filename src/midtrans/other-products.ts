interface Product {
  readonly name: string
  readonly paths: RegExp
  /** An error in the form that this product's clients read. */
  readonly body: (message: string) => unknown
}

/** What else Midtrans offers under the same names; facts.md, sections 7 to 9. */
const products: readonly Product[] = [
  {
    name: 'BI-SNAP',
    paths: /^\/v1\.0\//,
    // Three digits of the HTTP status, two of the service, two of the case.
    body: (message) => ({ responseCode: '5010000', responseMessage: message }),
  },
  { name: 'Payment Link', paths: /^\/v1\/payment-links(?:\/|$)/, body: (message) => ({ error_messages: [message] }) },
  { name: 'Invoicing', paths: /^\/v1\/invoices(?:\/|$)/, body: (message) => ({ error_messages: [message] }) },
  { name: 'Iris', paths: /^\/iris(?:\/|$)/, body: (message) => ({ error_message: message }) },
]

/** The honest answer (HTTP 501) where a product of Midtrans is asked for that is not emulated; undefined for others. */
export function otherProduct(path: string): unknown {
  const product = products.find(({ paths }) => paths.test(path))
  return product?.body(
    `midtrans-emulator does not have ${product.name}. It has GoPay by the Core API, Snap and subscriptions: GET / lists its endpoints.`,
  )
}
