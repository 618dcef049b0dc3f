/** Writes what is made of the code: references, examples from real answers, the collection. */
import { writeFileSync } from 'node:fs'
import { files } from './docs/files.ts'

for (const [file, text] of Object.entries(files)) writeFileSync(file, await text())
