export { attachEmulator, type TestEmulator, type TestSandbox } from './testkit/emulator.ts'
export type { Admin } from './testkit/index.ts'
export { type StartOptions, startEmulator } from './testkit/start.ts'
