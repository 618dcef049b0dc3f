export type { Timeline } from './admin.ts'
export { type Inbox, openInbox, type Received } from './inbox.ts'
export { type Payer, payer, type WalkOptions, type WalkResult } from './payer.ts'
export { type StartOptions, startEmulator, type TestEmulator } from './start.ts'
