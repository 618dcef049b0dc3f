export { type Config, ConfigError, readConfig } from './config.ts'
export { type Emulator, openEmulator } from './emulator.ts'
