import { randomUUID } from 'node:crypto'
import { nanoid } from 'nanoid'

/** A UUID v4: what Midtrans gives to transactions, accounts, tokens and error answers. */
export const newUuid = (): string => randomUUID()

/** A short, unguessable id for what only the emulator knows: page sessions, notifications, ledger entries. */
export const newId = (): string => nanoid()
