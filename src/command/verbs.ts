import type { Listed } from './verb.ts'

/** What the command can do: a file a verb. */
export const verbs = {
  start: { about: 'listens until SIGINT or SIGTERM', load: () => import('./start.ts') },
  exec: { about: 'starts, runs a command, and ends as that does', load: () => import('./exec.ts') },
  healthcheck: {
    about: 'says whether an emulator is ready: that with these settings, or another one',
    load: () => import('./healthcheck.ts'),
  },
  init: { about: 'writes a file of settings and an example scenario', load: () => import('./init.ts') },
  config: { about: 'says what holds for each setting, and where it comes from', load: () => import('./config.ts') },
  run: { about: 'runs scenarios, and says how each step went', load: () => import('./run.ts') },
  validate: { about: 'says what is wrong with scenario files', load: () => import('./validate.ts') },
  trigger: {
    about: 'makes an event really happen, and the merchant be told of it',
    load: () => import('./trigger.ts'),
  },
  simulate: { about: 'lets something happen that the payer or GoPay does', load: () => import('./simulate.ts') },
  advance: {
    about: 'moves the clock of a sandbox, and lets all happen on the way',
    load: () => import('./advance.ts'),
  },
  notifications: {
    about: 'what the merchant was told: lists, shows, sends again, holds and lets go',
    load: () => import('./notifications.ts'),
  },
  logs: { about: 'what happened in a sandbox, a line each; -f goes on', load: () => import('./logs.ts') },
  expect: { about: 'waits until something is as it should be', load: () => import('./expect.ts') },
  export: { about: 'writes all sandboxes, or one, as a file', load: () => import('./export.ts') },
  import: { about: 'opens the sandboxes of such a file', load: () => import('./import.ts') },
  snapshot: { about: 'keeps what a sandbox is like, and brings it back', load: () => import('./snapshot.ts') },
  reset: { about: 'empties a sandbox', load: () => import('./reset.ts') },
  sign: { about: 'prints a notification (JSON), signed', load: () => import('./sign.ts') },
  verify: {
    about: 'says whether the signature of a notification is right and, if not, why',
    load: () => import('./verify.ts'),
  },
  ca: { about: 'prints the certificate of the CA of --tls', load: () => import('./ca.ts') },
  env: {
    about: 'prints shell lines that have a client trust the emulator and go to it',
    load: () => import('./env.ts'),
  },
  completion: { about: 'prints what a shell needs to complete the command', load: () => import('./completion.ts') },
} as const satisfies Listed

export type CommandName = keyof typeof verbs

export const isCommand = (name: string): name is CommandName => Object.hasOwn(verbs, name)
