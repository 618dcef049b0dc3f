import { explained, type Setting } from '../../src/config/setting.ts'
import { keyOf, type Name, names, settings } from '../../src/config/settings.ts'
import { variableOf } from '../../src/config/variables.ts'

/** docs/configuration.md: how settings are given, and all that there are. */
export const configurationPage = (): string => `<!-- Written by npm run docs. -->
# Configuration

Nothing has to be set. What you do set is a flag, an environment variable or a key of a file, and the first of them holds:
**flag, variable, file, default**. What is misspelt or has a wrong value ends the start with code 2; all faults are told
at once, each with where it stands, what was found and what was expected.

\`\`\`sh
midtrans-emulator config --flow app
MIDTRANS_EMULATOR_FLOW=app midtrans-emulator config
\`\`\`

\`config\` starts nothing: it says what holds for each setting, and where it comes from; \`--json\` says it to programs.

## A file

\`midtrans-emulator init\` writes one with all settings in comments, and an example scenario beside it.
\`midtrans-emulator.yaml\`, \`.yml\` or \`.json\` in the working directory is found by itself; \`--config FILE\` names another one,
which then is the only one that is read.

\`\`\`yaml
# midtrans-emulator.yaml
server_keys: [SB-Mid-server-local]
payment_notification_url: http://localhost:3000/notify
merchant_name: Toko Kopi
test_panel: off
quirks:
  expire_text: has-expired
\`\`\`

Lists are lists, numbers are numbers, and \`on\` and \`off\` may be \`true\` and \`false\`. Paths (\`data\`, \`payers\`, a
\`scenario\` that is a file) are meant from where the file lies. An editor that knows YAML checks the file and completes its
keys if its first line names the schema that comes with the package:
\`# yaml-language-server: $schema=./node_modules/midtrans-emulator/fixtures/config.schema.json\`;
\`midtrans-emulator config --schema\` prints it.

## Variables

A variable that begins with \`MIDTRANS_EMULATOR_\` and is none of these is warned of. Lists have commas between. An empty
variable counts as not given. \`MIDTRANS_EMULATOR_CONFIG\` holds what a file would, YAML or JSON, or says where the file lies:
one variable is all that a CI service or a container needs, and its \`healthcheck\` finds the same port.

\`\`\`sh
MIDTRANS_EMULATOR_CONFIG='{ flow: app, quirks: { expire_text: has-expired } }' midtrans-emulator config
MIDTRANS_EMULATOR_CONFIG=midtrans-emulator.yaml midtrans-emulator config
\`\`\`

## In tests

The test kit ignores variables, and files that lie around: a test means the same on every machine. \`config\` names a file.

\`\`\`js
import { startEmulator } from 'midtrans-emulator/testkit'

await using emulator = await startEmulator({ config: 'midtrans-emulator.yaml', flow: 'web' })
\`\`\`

## All settings

The flag is the key with dashes, the variable the key in capitals: \`merchant_name\`, \`--merchant-name\`,
\`MIDTRANS_EMULATOR_MERCHANT_NAME\`. A switch (\`on\`, \`off\`) that stands alone as a flag is on: \`--tls\`. \`PORT\` works as well,
for hosts that set it.

| flag | variable | key | default | |
|---|---|---|---|---|
${names.map(row).join('\n')}

What each quirk can be stands in \`GET /__admin/quirks\`, with the sources of every option. Settings that belong to a sandbox
can be changed while it runs: \`PATCH /__admin/settings\`. With \`data\`, what was changed so holds after a restart, whatever
flags, variables and file say.
`

function row(name: Name): string {
  const setting: Setting<unknown> = settings[name]
  const ways = [`--${name}`, variableOf(name), keyOf(name)].map((way) => `\`${way}\``)
  return `| ${[...ways, defaultOf(setting.standard), explained(setting)].join(' | ')} |`
}

function defaultOf(standard: unknown): string {
  const isPlain = typeof standard === 'number' || (typeof standard === 'string' && standard !== '')
  if (isPlain) return `\`${standard}\``
  return typeof standard === 'object' && standard !== null && !Array.isArray(standard) ? 'the newest evidence' : ''
}
