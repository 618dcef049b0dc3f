/** One flag of a verb. */
export interface Flag {
  readonly about: string
  /** What its value is called in the help, "FILE"; without it the flag is on or off. */
  readonly value?: string
  /** One letter that stands for it. */
  readonly short?: string
  /** May be given several times. */
  readonly isList?: true
}

export type Flags = Readonly<Record<string, Flag>>

/** What was given for each flag. */
export type FlagValues<Known extends Flags> = {
  readonly [Name in keyof Known]: Known[Name] extends { readonly value: string }
    ? Known[Name] extends { readonly isList: true }
      ? readonly string[]
      : string | undefined
    : boolean
}

/** One call of the command. */
export interface Given<Known extends Flags = Flags> {
  readonly flags: FlagValues<Known>
  /** What is no flag: names, files; and all that stands after `--`. */
  readonly operands: readonly string[]
  /** Flags that are settings of the emulator, as they were given, where the verb takes such. */
  readonly settings: readonly string[]
}

/** How a command ended: 0 ok, 1 not as expected, 2 bad input, a failed start, or no emulator there. */
export type ExitCode = number

/** What the command can do. Rejects with a CommandError where it cannot. */
export interface Verb {
  /** What is given besides flags, for the help: "NAME|FILE...". */
  readonly operands: string
  readonly flags: Flags
  /** Whether every setting of the emulator is a flag of it as well. */
  readonly takesSettings: boolean
  /** Lines under the help. */
  readonly more: string
  /** Shell lines that show how it is used. Those of all verbs can be run one after the other. */
  readonly examples: readonly string[]
  /** What each of its exit codes says. */
  readonly exitCodes: string
  /** Words that its first operand may be, where they are known: what a shell completes. */
  choices(): Promise<readonly string[]>
  run(given: Given, listed: Listed): Promise<ExitCode>
}

/** All verbs by their names; only what is used is read. */
export type Listed = Readonly<
  Record<string, { readonly about: string; readonly load: () => Promise<{ readonly verb: Verb }> }>
>

interface Defined<Known extends Flags> {
  readonly operands?: string
  readonly flags?: Known
  readonly takesSettings?: boolean
  readonly more?: string
  readonly examples: readonly string[]
  readonly exitCodes?: string
  choices?(): Promise<readonly string[]>
  run(given: Given<Known>, listed: Listed): Promise<ExitCode>
}

const usualExitCodes = '0 ok, 2 bad input or no emulator there'

/** A verb whose `run` knows the flags by their names. */
export function defineVerb<const Known extends Flags>(defined: Defined<Known>): Verb {
  const { operands = '', flags = {}, takesSettings = false, more = '', exitCodes = usualExitCodes } = defined
  return {
    operands,
    flags,
    takesSettings,
    more,
    examples: defined.examples,
    exitCodes,
    choices: async () => (await defined.choices?.()) ?? [],
    // `parseGiven` gives every flag of the verb, and none besides.
    run: (given, listed) => defined.run(given as Given<Known>, listed),
  }
}

/** What is wrong with a call of the command, in one line for the person who made it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
