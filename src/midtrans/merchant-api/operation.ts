/** What rules, the journal and people call the endpoints for merchants. */
export const merchantOperations = [
  'link',
  'account',
  'unbind',
  'promo',
  'charge',
  'capture',
  'cancel',
  'expire',
  'refund',
  'approve',
  'deny',
  'status',
  'b2b',
  'subscribe',
  'subscription',
  'update-subscription',
  'disable-subscription',
  'enable-subscription',
  'cancel-subscription',
  'snap',
  'snap-cancel',
  'snap-account',
  'snap-unlink',
  'snap-preferences',
] as const

/** Routes whose last word says too little; with a method, where the path is the same. */
const named: Readonly<Record<string, string>> = {
  '/v2/pay/account': 'link',
  '/v2/pay/account/:account_id': 'account',
  '/v2/pay/account/:link/link': 'link-page',
  '/v2/gopay/redirect/:link/link': 'link-page',
  '/v2/gopay/redirect/:link/charge': 'payment-page',
  '/v2/gopay/promo/:account_id': 'promo',
  '/v2/:id/refund/online/direct': 'refund',
  '/v1/subscriptions': 'subscribe',
  'PATCH /v1/subscriptions/:subscription_id': 'update-subscription',
  '/v1/subscriptions/:subscription_id': 'subscription',
  '/v1/subscriptions/:subscription_id/disable': 'disable-subscription',
  '/v1/subscriptions/:subscription_id/enable': 'enable-subscription',
  '/v1/subscriptions/:subscription_id/cancel': 'cancel-subscription',
  '/snap/v1/transactions': 'snap',
  '/snap/v1/transactions/:token/cancel': 'snap-cancel',
  'GET /snap/v3/users/:user_id/gopay': 'snap-account',
  'DELETE /snap/v3/users/:user_id/gopay': 'snap-unlink',
  '/snap/v3/merchant-preferences': 'snap-preferences',
  '/snap/v4/redirection/:token': 'snap-page',
  '/gopay/:via/:id': 'page',
  '/gopay/:via/:id/left': 'page',
  '/gopay/accounts/:id': 'account-page',
}

/** What a request asks for, by its route: the last word of the path, e.g. "charge"; undefined: there is no such route. */
export const operationOf = (method: string, route: string | undefined): string | undefined =>
  route === undefined ? undefined : (named[`${method} ${route}`] ?? named[route] ?? lastWord.exec(route)?.[1])

const lastWord = /\/([\w-]+)(?:\/:[^/]+)*$/
