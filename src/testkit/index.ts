export type { Admin, NewRule, ShownRule, Timeline } from '../client/admin.ts'
export { type Inbox, openInbox, type Received } from '../client/inbox.ts'
export { type Payer, payer, type WalkOptions, type WalkResult } from '../client/payer.ts'
export { type RunOptions, runScenario, type ScenarioResult, type StepResult } from '../client/scenarios.ts'
export type { Triggered, TriggerFields } from '../client/trigger.ts'
export {
  type AttachOptions,
  attachEmulator,
  type SandboxSettings,
  type TestEmulator,
  type TestSandbox,
  withStory,
} from './emulator.ts'
export { type StartOptions, startEmulator } from './start.ts'
