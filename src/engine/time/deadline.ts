/** Rejects with `error` when `promise` has not settled within so many milliseconds of real time. */
export async function within<T>(promise: Promise<T>, ms: number, error: () => Error): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timeout = setTimeout(() => reject(error()), ms)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timeout)
  }
}

/** Resolves when `promise`, which never rejects, has settled, or after so many milliseconds of real time. */
export async function settledWithin(promise: Promise<void>, ms: number): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<void>()
  const timeout = setTimeout(resolve, ms)
  await Promise.race([promise, enough])
  clearTimeout(timeout)
}
