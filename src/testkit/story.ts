import { isNativeError } from 'node:util/types'
import type { TestSandbox } from './emulator.ts'

type Told = Pick<TestSandbox, 'story'>

/** Runs a test; where it fails, what happened in the sandbox stands below the message of its error. */
export async function withStory<Result>(sandbox: Told, test: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await test()
  } catch (error) {
    const story = await storyOf(sandbox)
    // Whatever was thrown is what the runner is to get: what takes no more words is printed beside it.
    if (!addStory(error, story)) console.error(story)
    throw error
  }
}

/** What happened in the sandbox, or why nobody can tell. Never rejects: a test has failed already. */
export const storyOf = (sandbox: Told): Promise<string> =>
  sandbox.story().catch((failure) => `(what happened in its sandbox cannot be told: ${failure})`)

function addStory(error: unknown, story: string): boolean {
  // Not instanceof: jest gives its tests another Error than Node's own.
  if (!isNativeError(error)) return false
  const { message, stack = '' } = error
  // Runners show the stack, which has kept the message as it was.
  const at = message === '' ? -1 : stack.indexOf(message)
  const headEnds = at < 0 ? stack.search(/\n|$/) : at + message.length
  try {
    error.message = `${message}\n\n${story}`
    error.stack = `${stack.slice(0, headEnds)}\n\n${story}${stack.slice(headEnds)}`
    // jest shows of an AssertionError of Node's only a message that somebody has written.
    if ('generatedMessage' in error) error.generatedMessage = false
    return true
  } catch {
    // It is frozen, or its message can only be read.
    return false
  }
}
