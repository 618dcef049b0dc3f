/** Writes the schemas that editors check files with: those of scenarios, and those of settings. */
import { writeFileSync } from 'node:fs'
import { configSchema } from '../src/config/schema.ts'
import { ScenarioSchema } from '../src/control/scenario/format.ts'

const schemas = {
  'fixtures/scenario.schema.json': ScenarioSchema,
  'fixtures/config.schema.json': configSchema(),
}
for (const [file, schema] of Object.entries(schemas)) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
