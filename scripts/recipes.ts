/**
 * Follows the pages of docs/clients as their readers would: `npm run recipes -- php python`. Takes each program out of its
 * page, installs the client as its language does, and runs it with a fresh emulator: by its address where it can be set,
 * and unchanged, by the proxy and by Midtrans's names. `php=FOLDER` takes a client that is there already: a folder with
 * vendor/ or node_modules/, a GOPATH, a folder of Python packages, of jars, or of a gem.
 * Ends with 1 where a program prints something else than its page says; with --strict also where something was skipped.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { clients } from './recipes/clients.ts'
import { follow } from './recipes/run.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { strict: { type: 'boolean' } } })
for (const wanted of positionals.length > 0 ? positionals : Object.keys(clients)) {
  const [, name = '', folder] = /^([^=]*)=?(.*)$/s.exec(wanted) ?? []
  const client = clients[name]
  if (!client) {
    console.error(`found "${wanted}", expected ${Object.keys(clients).join(', ')}, each with or without =FOLDER`)
    process.exitCode = 2
    continue
  }
  for (const { way, is, told } of follow(name, client, folder ? resolve(folder) : undefined)) {
    console.log(`${is.padEnd(7)} ${name.padEnd(6)} ${way.padEnd(7)} ${told}`)
    if (is === 'failed' || (is === 'skipped' && values.strict)) process.exitCode = 1
  }
}
