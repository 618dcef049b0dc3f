/** Writes fixtures/scenario.schema.json, which editors check scenario files with. */
import { writeFileSync } from 'node:fs'
import { ScenarioSchema } from '../src/control/scenario/format.ts'

writeFileSync('fixtures/scenario.schema.json', `${JSON.stringify(ScenarioSchema, null, 2)}\n`)
