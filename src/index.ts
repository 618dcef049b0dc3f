export type { Admin } from './client/admin.ts'
export { attachEmulator, type TestEmulator, type TestSandbox } from './testkit/emulator.ts'
export { type StartOptions, startEmulator } from './testkit/start.ts'
