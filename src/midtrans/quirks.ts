/** One way in which Midtrans was seen, or is documented, to behave. */
export interface QuirkOption {
  readonly means: string
  /** Who says so. */
  readonly source: string
}

/** A point where sources conflict, or where Midtrans changed over the years. The first option is the default. */
export interface Quirk {
  readonly about: string
  /** A request that opens no sandbox cannot be in one: such a quirk is set for the whole emulator, at its start. */
  readonly forAllSandboxes?: true
  readonly options: Readonly<Record<string, QuirkOption>>
}

/** The newest evidence stands first, and holds where nothing else is set; a recording goes before the documentation. */
export const quirks = {
  unauthorized_text: {
    about: 'the answer to a server key that opens nothing',
    forAllSandboxes: true,
    options: {
      'unknown-merchant': {
        means: '"Unknown Merchant server_key/id" with an id, HTTP 401',
        source: 'logs in public repositories, 2024 to 2026',
      },
      'cannot-be-authorized': {
        means: '"Transaction cannot be authorized with the current client/server key." with an id, HTTP 401',
        source:
          'midtrans-nodejs-client issue 22, tests of veritrans-ruby, 2020 to 2023; docs.midtrans.com still prints it',
      },
      'access-denied': {
        means: '"Access denied due to unauthorized transaction, please check client or server key", HTTP 200, no id',
        source: 'recording cli_test_unauthorized of veritrans-ruby, 2014',
      },
    },
  },
  expire_text: {
    about: 'status_message of a successful expire',
    options: {
      'is-expired': {
        means: '"Success, transaction is expired"',
        source: 'tests of midtrans-java, 2021; mekari gem, 2023',
      },
      'has-expired': {
        means: '"Success, transaction has expired"',
        source: 'docs.midtrans.com, expire-transaction; recording expire_success of veritrans-ruby, 2015',
      },
    },
  },
  status_text: {
    about: 'status_message of GET status',
    options: {
      'is-found': {
        means: '"Success, transaction is found"',
        source: 'recordings of veritrans-ruby, 2016 and 2019; samples, 2020 to 2022',
      },
      found: {
        means: '"Success, transaction found"',
        source: 'docs.midtrans.com, get-transaction-status; recording of 2014',
      },
    },
  },
  cannot_update_text: {
    about: 'the 412 for a transaction whose status does not allow what was asked',
    options: {
      'cannot-be-updated': {
        means: '"Transaction status cannot be updated." with the transaction_id as id',
        source: 'docs.midtrans.com, deployment, June 2023; recording deny_failed of veritrans-ruby, 2019',
      },
      'cannot-modify': {
        means: '"Merchant cannot modify the status of the transaction" without an id',
        source: 'recording refund_failed of veritrans-ruby, 2019; samples of the capture, cancel and refund pages',
      },
    },
  },
  blocked_payer: {
    about: 'the answer to linking or charging a payer whom GoPay has blocked',
    options: {
      'status-410': {
        means: 'status_code 410, "GoPay user is blocked"',
        source: 'docs.midtrans.com, deployment, 14 January 2024',
      },
      'status-402': {
        means: 'status_code 402, "GoPay user is blocked"',
        source: 'docs.midtrans.com, deployment, 6 December 2022',
      },
      'status-202': {
        means: 'status_code 202 with channel_response_code 112, "Wallet is Blocked"',
        source: 'tests of midtrans-go and midtrans-python-client, sandbox until 2023',
      },
    },
  },
  http_status: {
    about: 'the HTTP status of refusals other than 400 and 401',
    options: {
      'always-200': {
        means: 'HTTP 200; the code stands in the body alone',
        source: 'docs.midtrans.com, deployment, December 2022; recordings of 2019; tests of midtrans-nodejs-client',
      },
      'as-body': {
        means: 'the HTTP status is the status_code of the body, but for 407, which is no error',
        source: 'stubs of the mekari gem; seen in no recording',
      },
    },
  },
  custom_expiry_above_maximum: {
    about: 'a custom_expiry of more than 7 days',
    options: {
      trim: { means: 'it is taken for 7 days', source: 'docs.midtrans.com, deployment' },
      reject: { means: 'HTTP 400', source: 'docs.midtrans.com, charge-transactions-1' },
    },
  },
  order_id_symbols: {
    about: 'an order_id with symbols besides - _ ~ .',
    options: {
      accept: {
        means: 'it is accepted',
        source: 'recordings of veritrans-ruby, 2014 and 2016, with blanks, ":" and "+"',
      },
      reject: { means: 'HTTP 400', source: 'docs.midtrans.com, transaction-details-object' },
    },
  },
  pin_at_100000: {
    about: 'a charge of exactly 100,000',
    options: {
      ask: {
        means: 'the payer is asked for the PIN',
        source: 'docs.midtrans.com, testing-gopay-tokenization-on-sandbox-environment, since October 2024',
      },
      settle: { means: 'it settles at once', source: 'a sample of 2022, sandbox before October 2024' },
    },
  },
  notification_urls: {
    about: 'how many URLs X-Override-Notification and X-Append-Notification may name',
    options: {
      three: { means: 'three; more are left out', source: 'docs.midtrans.com, https-notification-webhooks' },
      two: { means: 'two; more are left out', source: 'docs.midtrans.com, handle-notifications' },
    },
  },
  link_answer: {
    about: 'what an answer to Create Pay Account holds',
    options: {
      recorded: {
        means: 'activation-deeplink as a third action, and metadata.reference_id',
        source: 'samples in the official clients, 2021 and 2022',
      },
      documented: {
        means: 'two actions, no metadata',
        source: 'docs.midtrans.com, create-pay-account',
      },
    },
  },
  link_path: {
    about: 'the path of the link that a payer opens to link a wallet',
    options: {
      redirect: {
        means: '/v2/gopay/redirect/gpar_{uuid}/link',
        source: 'docs.midtrans.com, create-pay-account and gopay-tokenization, 2026',
      },
      account: { means: '/v2/pay/account/gpar_{uuid}/link', source: 'samples in the official clients, 2021' },
    },
  },
  payment_option_token: {
    about: 'the form of payment_option_token',
    options: {
      uuid: { means: 'a UUID', source: 'samples in the official clients, 2021 and 2022' },
      base64: {
        means: 'base64 of {"type": ..., "id": ...}',
        source: 'docs.midtrans.com, get-pay-account; there the id is empty, here it tells accounts apart',
      },
    },
  },
  option_type_key: {
    about: 'the key under which answers and notifications tell what was paid with',
    options: {
      payment_option_type: { means: 'payment_option_type', source: 'docs.midtrans.com, gopay-tokenization' },
      payment_options_type: { means: 'payment_options_type', source: 'midtrans-go 1.3.8' },
    },
  },
  plain_gopay_text: {
    about: 'status_message of a charge without account_id',
    options: {
      gopay: { means: '"GoPay transaction is created"', source: 'recordings, 2022 to 2024' },
      'go-pay': { means: '"GO-PAY transaction is created"', source: 'recordings, 2020' },
    },
  },
  plain_gopay_refund_window: {
    about: 'how long a charge without account_id can be refunded',
    options: {
      '45-days': { means: '45 days', source: 'docs.midtrans.com, refund-transaction (GoPay Deeplink)' },
      '180-days': {
        means: '180 days',
        source: 'docs.midtrans.com, direct-refund-transaction (other GoPay transactions)',
      },
    },
  },
  refund_text: {
    about: 'status_message of a refund that is not direct',
    options: {
      request: {
        means: '"Success, refund request is approved"',
        source: 'docs.midtrans.com, refund-transaction; the recording is that of a card',
      },
      'offline-request': {
        means: '"Success, refund offline request is approved"',
        source: 'recording of veritrans-ruby, 2021, for a card',
      },
    },
  },
  repeated_refund_key: {
    about: 'a second refund with the refund_key of one that succeeded',
    options: {
      refuse: {
        means: 'status_code 406, "Duplicate refund ID"',
        source: 'docs.midtrans.com, refund-transaction and direct-refund-transaction',
      },
      repeat: {
        means: 'success again, with the first refund and the payment as it stands now; nothing more is given back',
        source: 'veritrans/midtrans-agent-skills, June 2026: a refund_key makes a retry safe',
      },
    },
  },
  gopay_900: {
    about: "a charge on which GoPay itself fails (GoPay's code 900)",
    options: {
      fails: {
        means: 'status_code 500 over HTTP 200, no transaction',
        source: 'docs.midtrans.com, deployment, December 2022, first row of two',
      },
      denied: {
        means: 'status_code 202, "GoPay transaction is denied"',
        source: 'docs.midtrans.com, deployment, December 2022, second row of two',
      },
    },
  },
  subscription_times: {
    about: 'the form of times in answers about a subscription',
    options: {
      recorded: { means: '"2021-12-17 11:05:16", in GMT+7', source: 'samples in official clients, 2021' },
      documented: { means: '"2021-12-17T04:05:16.000000Z"', source: 'docs.midtrans.com, create-subscription' },
    },
  },
  snap_finish_parameters: {
    about: 'what the address holds that a customer goes to from the Snap page',
    options: {
      three: {
        means: 'order_id, status_code and transaction_status',
        source: 'docs.midtrans.com, guides to Snap',
      },
      'with-merchant-id': {
        means: 'merchant_id before them',
        source: 'docs.midtrans.com, window-redirection',
      },
    },
  },
  gopay_1703_http: {
    about: 'HTTP status of "GoPay merchant is not active." (status_code 402)',
    options: {
      'http-200': { means: 'HTTP 200, as for 402 in general', source: 'docs.midtrans.com, deployment' },
      'http-400': { means: 'HTTP 400', source: 'docs.midtrans.com, deployment, as its table prints it' },
    },
  },
} as const satisfies Readonly<Record<string, Quirk>>

export type QuirkName = keyof typeof quirks

/** Which option of each quirk holds. */
export type Quirks = { readonly [Name in QuirkName]: keyof (typeof quirks)[Name]['options'] }

export const quirkNames = Object.keys(quirks) as readonly QuirkName[]

export const optionsOf = (name: QuirkName): readonly string[] => Object.keys(quirks[name].options)

export const isForAllSandboxes = (name: QuirkName): boolean => 'forAllSandboxes' in quirks[name]

/** Those that no sandbox has of its own. */
export const ofAllSandboxes = (chosen: Quirks): Partial<Quirks> =>
  Object.fromEntries(quirkNames.filter(isForAllSandboxes).map((name) => [name, chosen[name]]))

/** The newest evidence, everywhere. */
export const defaultQuirks = Object.fromEntries(quirkNames.map((name) => [name, optionsOf(name)[0]])) as Quirks
