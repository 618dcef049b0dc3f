import { Problem } from '../control/admin/problem.ts'
import { readAndCheck } from '../control/scenario/files.ts'
import { commonFlags } from './parse.ts'
import { CommandError, defineVerb } from './verb.ts'

export const verb = defineVerb({
  operands: 'FILE...',
  flags: commonFlags,
  examples: ['midtrans-emulator validate example-scenario.yaml'],
  exitCodes: '0 ok, 2 something is wrong with one of them',
  async run({ flags, operands }) {
    if (operands.length === 0) throw new CommandError('found no scenario, expected a name or a file')
    const checked = await Promise.all(operands.map(check))
    for (const { file, faults } of checked) {
      if (flags.json) console.log(JSON.stringify({ file, valid: faults.length === 0, faults }))
      else console.log(faults.length === 0 ? `${file}: ok` : faults.map((fault) => `${file}: ${fault}`).join('\n'))
    }
    return checked.every(({ faults }) => faults.length === 0) ? 0 : 2
  },
})

async function check(file: string): Promise<{ readonly file: string; readonly faults: readonly string[] }> {
  try {
    const { faults = [] } = await readAndCheck(file)
    return { file, faults }
  } catch (error) {
    // A file that is not there is one more fault.
    if (error instanceof Problem) return { file, faults: [error.message] }
    throw error
  }
}
