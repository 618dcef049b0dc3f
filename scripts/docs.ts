/** Writes what is made of the code: references. */
import { writeFileSync } from 'node:fs'
import { configFiles } from './docs/config-files.ts'

for (const [file, text] of Object.entries(configFiles)) writeFileSync(file, await text())
