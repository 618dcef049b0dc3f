import { CommandError } from './verb.ts'
import { isCommand, verbs } from './verbs.ts'

/** The command. Sets the exit code; what is wrong with a call is one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader such as `head` may leave first: the rest is for nobody, and the verb ends as it would have.
  process.stdout.on('error', whenLost)
  process.stderr.on('error', () => {})
  try {
    process.exitCode = await run(args)
  } catch (error) {
    const { explain } = await import('./explain.ts')
    const said = explain(error)
    console.error(args.includes('--json') ? JSON.stringify({ error: said }) : `midtrans-emulator: ${said}`)
    process.exitCode = 2
  }
}

/** What could not be written is told, and fails. */
function whenLost({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return
  console.error(`midtrans-emulator: cannot write to stdout (${code ?? message})`)
  process.exit(2)
}

async function run(args: readonly string[]): Promise<number> {
  const [first = 'start', ...others] = args
  const isHelp = first === '--help' || first === '-h' || first === 'help'
  if (isHelp && others.length === 0) return help()
  if (first === '--version') return version()
  const [name, rest] = first.startsWith('-')
    ? ['start', args]
    : isHelp
      ? [others[0] ?? '', ['--help']]
      : [first, others]
  if (!isCommand(name)) throw await unknownVerb(name)
  const { verb } = await verbs[name].load()
  const asksForHelp = rest.slice(0, endOf(rest)).some((arg) => arg === '--help' || arg === '-h')
  if (asksForHelp) return say((await import('./help.ts')).usageOf(name, verb))
  const { parseGiven } = await import('./parse.ts')
  return verb.run(parseGiven(verb, rest), verbs)
}

/** What stands after `--` belongs to another command. */
const endOf = (args: readonly string[]): number => {
  const end = args.indexOf('--')
  return end < 0 ? args.length : end
}

const help = async () => say((await import('./help.ts')).usage())

async function version(): Promise<number> {
  const { packageVersion } = await import('../package-files.ts')
  return say(packageVersion())
}

function say(text: string): number {
  console.log(text)
  return 0
}

async function unknownVerb(found: string): Promise<CommandError> {
  const { nearestName } = await import('../text/nearest-name.ts')
  const near = nearestName(found, Object.keys(verbs))
  return new CommandError(`found "${found}", ${near ? `did you mean ${near}?` : 'expected a verb'}; --help lists all`)
}
