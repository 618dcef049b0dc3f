export { type Inbox, openInbox, type Received } from '../client/inbox.ts'
export { type Payer, payer, type WalkOptions, type WalkResult } from '../client/payer.ts'
export { type RunOptions, runScenario, type ScenarioResult, type StepResult } from '../client/scenarios.ts'
export { type StartOptions, startEmulator, type TestEmulator } from './start.ts'
