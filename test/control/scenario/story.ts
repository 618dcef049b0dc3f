const partner = { phone_number: '8215023424', country_code: '62' }

/** Steps that most stories begin with. */
export const link = {
  call: 'POST /v2/pay/account',
  name: 'link',
  body: { payment_type: 'gopay', gopay_partner: partner },
  expect: { account_status: 'PENDING' },
}
export const walk = { walk: '${link.actions[activation-link-url].url}' }
export const account = { call: 'GET /v2/pay/account/${link.account_id}', name: 'account' }
export const linked = [link, walk, account] as const

/** Charges the linked wallet; the order is called so, and after the run. */
export const charge = (order: string, amount: number, more: object = {}) => ({
  call: 'POST /v2/charge',
  body: {
    payment_type: 'gopay',
    gopay: {
      account_id: '${link.account_id}',
      payment_option_token: '${account.metadata.payment_options[GOPAY_WALLET].token}',
    },
    transaction_details: { order_id: `${order}-\${run}`, gross_amount: amount },
  },
  ...more,
})
