import { machine } from '../../engine/machine.ts'

export type AccountStatus = 'PENDING' | 'ENABLED' | 'DISABLED' | 'EXPIRED'

/** facts.md, sections 1, 2 and 11. */
export const accountMachine = machine<AccountStatus, 'enable' | 'disable' | 'expire'>({
  PENDING: { enable: 'ENABLED', expire: 'EXPIRED' },
  ENABLED: { disable: 'DISABLED' },
  DISABLED: {},
  EXPIRED: {},
})

/** A linked pay account: one payer's wallet, as far as one merchant may use it. */
export interface Account {
  readonly id: string
  readonly phone: string
  readonly status: AccountStatus
  /** The `reference_id` in the link answer's metadata. */
  readonly referenceId: string
  readonly createdAt: number
  /** The merchant's own name for the payer, where the link was made on the Snap page. */
  readonly userId?: string
}

/** UNCERTAIN: how long a PENDING account waits is not documented (facts.md, section 12: 15 minutes). */
export const pendingLifeMs = 15 * 60_000
