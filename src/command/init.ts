import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { usualNames } from '../config/find-file.ts'
import { configTemplate } from '../config/template.ts'
import { scenarioText } from '../control/scenario/files.ts'
import { commonFlags } from './parse.ts'
import { CommandError, defineVerb } from './verb.ts'

const settingsFile = 'midtrans-emulator.yaml'
const scenarioFile = 'example-scenario.yaml'

export const verb = defineVerb({
  operands: '[FOLDER]',
  flags: commonFlags,
  examples: ['midtrans-emulator init'],
  exitCodes: '0 ok, 2 bad input, or a file that cannot be written',
  more: `Writes ${settingsFile} and ${scenarioFile} into this folder or another one, and never over a file.`,
  async run({ flags, operands: [folder = '.', ...others] }) {
    if (others.length > 0) throw new CommandError(`found ${others.length + 1} folders, expected one`)
    const there = [...usualNames, scenarioFile].map((name) => join(folder, name)).filter((file) => existsSync(file))
    if (there.length > 0) {
      throw new CommandError(`${there.join(', ')}: there already, nothing was written; take it away or choose a folder`)
    }
    const files = { [settingsFile]: configTemplate(), [scenarioFile]: await exampleScenario() }
    await mkdir(folder, { recursive: true }).catch((error) => refuse(folder, error))
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, name)
      await writeFile(file, text, { flag: 'wx' }).catch((error) => refuse(file, error))
    }
    const written = Object.keys(files).map((name) => join(folder, name))
    console.log(flags.json ? JSON.stringify({ written }) : report(folder, written))
    return 0
  },
})

function refuse(path: string, error: NodeJS.ErrnoException): never {
  throw new CommandError(`cannot write ${path} (${error.code ?? error.message}); choose another folder`)
}

/** A story that comes with the package, as it is named to editors in another one. */
async function exampleScenario(): Promise<string> {
  const text = await scenarioText('charge-below-100000-settles', undefined)
  return text.replace('$schema=../', '$schema=./node_modules/midtrans-emulator/fixtures/')
}

const report = (
  folder: string,
  [settings, scenario]: readonly string[],
): string => `wrote ${settings}: settings, to change
wrote ${scenario}: a story of a payment, to run and to change

Next${folder === '.' ? '' : `, in ${folder}`}:
  midtrans-emulator config                     says what holds, and where it comes from
  midtrans-emulator                            starts with these settings
  midtrans-emulator run ${scenarioFile}  plays the story, and checks it`
