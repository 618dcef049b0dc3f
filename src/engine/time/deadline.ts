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

/** Resolves with whether `promise`, which never rejects, has settled within so many milliseconds of real time. */
export async function settledWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const { promise: enough, resolve } = Promise.withResolvers<false>()
  const timeout = setTimeout(() => resolve(false), ms)
  const settled = await Promise.race([promise.then(() => true), enough])
  clearTimeout(timeout)
  return settled
}
