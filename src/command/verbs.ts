import type { Verb } from './verb.ts'

interface Listed {
  readonly about: string
  /** Only what is used is read. */
  readonly load: () => Promise<{ readonly verb: Verb }>
}

/** What the command can do: a file a verb. */
export const verbs = {
  start: { about: 'listens until SIGINT or SIGTERM', load: () => import('./start.ts') },
  healthcheck: {
    about: 'exits with 0 if an emulator with these settings is ready',
    load: () => import('./healthcheck.ts'),
  },
  init: { about: 'writes a file of settings and an example scenario', load: () => import('./init.ts') },
  config: { about: 'says what holds for each setting, and where it comes from', load: () => import('./config.ts') },
  run: { about: 'runs scenarios, and says how each step went', load: () => import('./run.ts') },
  validate: { about: 'says what is wrong with scenario files', load: () => import('./validate.ts') },
  sign: { about: 'reads a notification (JSON) from stdin, prints it signed', load: () => import('./sign.ts') },
  verify: {
    about: 'the same, exits with 0 if its signature is right, and says why if not',
    load: () => import('./verify.ts'),
  },
} as const satisfies Readonly<Record<string, Listed>>

export type CommandName = keyof typeof verbs

export const isCommand = (name: string): name is CommandName => Object.hasOwn(verbs, name)
