export { attachEmulator } from './testkit/attach.ts'
export type { TestEmulator, TestSandbox } from './testkit/emulator.ts'
export type { Admin } from './testkit/index.ts'
export { type StartOptions, startEmulator } from './testkit/start.ts'
