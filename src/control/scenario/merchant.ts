import { type Inbox, openInbox, type Received } from '../../client/inbox.ts'
import { Watchers } from '../../engine/watchers.ts'

type Answer = number | 'down'

/** The merchant of a run: a notification handler that answers as it is told, and remembers what it got. */
export interface RunMerchant {
  readonly url: string
  /** From now on, one after the other; the last one stays. */
  answerWith(answers: Answer | readonly Answer[]): void
  /** What came since the last time that this was asked for, once there are so many of them or the time is over. */
  take(count: number, waitMs: number, signal: AbortSignal): Promise<readonly object[]>
  close(): Promise<void>
}

export async function openMerchant(serverKey: string): Promise<RunMerchant> {
  const inbox = await openInbox()
  const watchers = new Watchers()
  let answers: readonly Answer[] = [200]
  let got: Received[] = []
  inbox.answer((notification) => {
    const [answer = 200, ...others] = answers
    if (others.length > 0) answers = others
    // A handler that is down gets nothing.
    if (answer === 'down') return answer
    got.push(notification)
    watchers.changed()
    return answer
  })
  return {
    url: inbox.url,
    answerWith: (next) => {
      answers = [next].flat()
    },
    take: async (count, waitMs, signal) => {
      await watchers.until(() => got.length >= count, waitMs, signal)
      const taken = got
      got = []
      return taken.map((notification) => factsOf(inbox, notification, serverKey))
    },
    close: inbox.close,
  }
}

/** The fields of a notification, how it came, and, where it is no JSON, its text. */
const factsOf = (inbox: Inbox, received: Received, serverKey: string): object => ({
  ...(Object.keys(received.body).length === 0 ? { text: received.text } : received.body),
  path: received.path,
  signed: inbox.isSigned(received, serverKey),
})
