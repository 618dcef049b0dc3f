import { keyOf, names, settings } from './settings.ts'

/** What a file of settings may hold, as a JSON Schema: fixtures/config.schema.json, for editors. */
export const configSchema = () => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Settings of midtrans-emulator',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'where this schema is, for editors' },
    ...Object.fromEntries(
      names.map((name) => {
        const { help, schema, standard } = settings[name]
        return [keyOf(name), { description: help, ...schema, ...(standard !== undefined && { default: standard }) }]
      }),
    ),
  },
  additionalProperties: false,
})
