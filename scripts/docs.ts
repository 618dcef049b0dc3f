/** Writes what is made of schemas and real answers: references, examples, the collection. */
import { writeFileSync } from 'node:fs'
import { apiFiles } from './docs/api-files.ts'

for (const [file, text] of Object.entries(apiFiles)) writeFileSync(file, await text())
