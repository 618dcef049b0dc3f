/** The little of the official client (npm midtrans-client 1.4.3, which has no types) that the tests call. */
declare module 'midtrans-client' {
  interface Answer {
    readonly status_code: string
    readonly [field: string]: unknown
  }

  interface Action {
    readonly name: string
    readonly method: string
    readonly url: string
  }

  interface AccountAnswer extends Answer {
    readonly account_id: string
    readonly account_status: string
    readonly actions: readonly Action[]
    readonly metadata: {
      readonly payment_options: readonly {
        readonly name: string
        readonly token: string
        readonly balance: { readonly value: string; readonly currency: string }
      }[]
    }
  }

  interface TransactionAnswer extends Answer {
    readonly transaction_id: string
    readonly order_id: string
    readonly transaction_status: string
    readonly actions: readonly Action[]
  }

  interface SubscriptionAnswer {
    readonly id: string
    readonly status: string
    readonly transaction_ids: readonly string[]
    readonly schedule: { readonly next_execution_at: string; readonly current_interval: number }
    readonly [field: string]: unknown
  }

  interface UpdatedAnswer {
    readonly status_message: string
  }

  class CoreApi {
    constructor(options: { isProduction: boolean; serverKey: string; clientKey: string })
    linkPaymentAccount(parameter: object): Promise<AccountAnswer>
    getPaymentAccount(accountId: string): Promise<AccountAnswer>
    unlinkPaymentAccount(accountId: string): Promise<AccountAnswer>
    charge(parameter: object): Promise<TransactionAnswer>
    capture(parameter: object): Promise<TransactionAnswer>
    createSubscription(parameter: object): Promise<SubscriptionAnswer>
    getSubscription(subscriptionId: string): Promise<SubscriptionAnswer>
    disableSubscription(subscriptionId: string): Promise<UpdatedAnswer>
    enableSubscription(subscriptionId: string): Promise<UpdatedAnswer>
    updateSubscription(subscriptionId: string, parameter: object): Promise<UpdatedAnswer>
    readonly transaction: {
      status(id: string): Promise<TransactionAnswer>
      statusb2b(id: string): Promise<TransactionAnswer>
      approve(id: string): Promise<TransactionAnswer>
      deny(id: string): Promise<TransactionAnswer>
      refund(id: string, parameter: object): Promise<TransactionAnswer>
      refundDirect(id: string, parameter: object): Promise<TransactionAnswer>
      cancel(id: string): Promise<TransactionAnswer>
      expire(id: string): Promise<TransactionAnswer>
      notification(body: object | string): Promise<TransactionAnswer>
    }
  }

  class Snap {
    constructor(options: { isProduction: boolean; serverKey: string; clientKey: string })
    createTransaction(parameter: object): Promise<{ readonly token: string; readonly redirect_url: string }>
    createTransactionToken(parameter: object): Promise<string>
    createTransactionRedirectUrl(parameter: object): Promise<string>
    readonly transaction: { status(id: string): Promise<TransactionAnswer> }
  }

  const midtransClient: { readonly CoreApi: typeof CoreApi; readonly Snap: typeof Snap }
  export default midtransClient
  export type { AccountAnswer, CoreApi, TransactionAnswer }
}

declare module 'midtrans-client/lib/apiConfig.js' {
  const ApiConfig: { CORE_SANDBOX_BASE_URL: string; SNAP_SANDBOX_BASE_URL: string }
  export default ApiConfig
}
