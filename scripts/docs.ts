/** Writes what is made of the code: references, examples from real answers, the collection. */
import { writeFileSync } from 'node:fs'
import { apiFiles } from './docs/api-files.ts'
import { configFiles } from './docs/config-files.ts'

for (const [file, text] of Object.entries({ ...apiFiles, ...configFiles })) writeFileSync(file, await text())
