import { setTimeout as timeout } from 'node:timers/promises'

/** Waits so many milliseconds of real time; less where the signal is aborted. Never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await timeout(ms, undefined, signal && { signal }).catch(() => {})
}
