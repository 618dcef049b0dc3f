export { type Config, ConfigError, configOfFlags, readConfig } from './config/index.ts'
export { type Emulator, openEmulator } from './emulator.ts'
