const lookEveryMs = 250

/** Acts once when the process that started this one is gone. */
export function whenOrphaned(act: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, lookEveryMs)
  timer.unref()
}
