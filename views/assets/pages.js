// Makes the payer's pages nicer. All of them work without it.

const find = (selector) => document.querySelector(selector)

/** The page is being left: whatever comes now must not get in the way of what was sent. */
let isLeaving = false

const leaveFor = (address) => {
  if (isLeaving) return
  isLeaving = true
  location.replace(address)
}

/** m:ss, or h:mm:ss from an hour on. */
const shown = (ms) => {
  const seconds = Math.ceil(ms / 1_000)
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [first, ...rest] = parts[0] > 0 ? parts : parts.slice(1)
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':')
}

/** Follows the sandbox's clock, which may stand still, run fast, or jump; and leaves once the page has moved on. */
const follow = (countdown) => {
  const { events, next, asks, stays } = countdown.dataset
  const left = find('.left')
  const text = find('[data-testid="time-left"]')
  let clock = {
    leftMs: Number(countdown.dataset.leftMs),
    speed: Number(countdown.dataset.speed),
    isRunning: countdown.dataset.running === 'true',
  }
  let since = performance.now()
  const timers = {}
  let stream

  const leftMs = () => clock.leftMs - (clock.isRunning ? (performance.now() - since) * clock.speed : 0)

  const tick = () => {
    clearTimeout(timers.tick)
    const ms = Math.max(0, leftMs())
    text.textContent = shown(ms)
    countdown.classList.toggle('soon', ms < 60_000)
    // The stream tells of the end; where there is none, the page asks a moment later.
    if (ms === 0) timers.tick = setTimeout(() => leaveFor(next), 1_000)
    else if (clock.isRunning)
      timers.tick = setTimeout(tick, Math.max(50, Math.min(1_000, ms % 1_000 || 1_000) / clock.speed))
  }

  const listen = () => {
    rest()
    stream = new EventSource(events)
    stream.onmessage = ({ data }) => {
      const news = JSON.parse(data)
      if (news.isOver || (asks && news.asks !== asks)) return leaveFor(next)
      clock = news
      since = performance.now()
      find('[data-testid="clock-stands"]').hidden = news.isRunning
      tick()
    }
    // Refused for good: the page is gone, or too many follow it. Whoever types is not disturbed.
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED || isLeaving) return
      timers.retry = setTimeout(asks || stays !== undefined ? listen : () => leaveFor(next), 5_000)
    }
  }

  const rest = () => {
    clearTimeout(timers.retry)
    stream?.close()
  }

  left.hidden = false
  tick()
  // A browser has six connections to a host: tabs that nobody sees leave theirs to others.
  const listenIfSeen = () => (document.hidden || isLeaving ? rest() : listen())
  listenIfSeen()
  document.addEventListener('visibilitychange', listenIfSeen)
  return () => {
    clearTimeout(timers.tick)
    rest()
    if (stays === undefined) return
    // The answer may be a deep link, which leaves the page where it is: it shows then how it has ended.
    setTimeout(() => location.replace(next), 2_000)
  }
}

// In a frame of snap.js.
if (parent !== window) {
  document.documentElement.dataset.framed = ''
  // Keys that are pressed here do not reach the page around it.
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') parent.postMessage({ from: 'midtrans-snap', event: 'close' }, '*')
  })
  // Browsers let no frame take the focus by itself; whoever types here already goes on typing.
  if (document.hasFocus()) find('[autofocus]')?.focus()
}

const countdown = find('[data-testid="countdown"]')
const stopFollowing = countdown ? follow(countdown) : () => {}

// A page that comes back from the browser's memory may be outdated.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())

// Sent once: by the last digit, by a second click, or by both.
document.addEventListener('submit', (event) => {
  if (isLeaving) return event.preventDefault()
  isLeaving = true
  stopFollowing()
  document.body.classList.add('sent')
})

const field = find('[data-testid="form"] input')
if (field?.dataset.sendsItself !== undefined) {
  field.addEventListener('input', ({ inputType }) => {
    // What a password manager fills in is not sent before the payer has said so.
    const isTyped = inputType?.startsWith('insert') && inputType !== 'insertReplacementText'
    if (isTyped && field.value.replace(/\D/g, '').length === 6) field.form.requestSubmit(find('[data-testid="submit"]'))
  })
}

const show = find('[data-shows]')
if (show) {
  show.hidden = false
  show.addEventListener('click', () => {
    const isShown = field.type === 'text'
    field.type = isShown ? 'password' : 'text'
    show.setAttribute('aria-pressed', String(!isShown))
    field.focus()
  })
}

for (const link of document.querySelectorAll('[data-fill]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    field.value = link.dataset.fill
    field.focus()
  })
}

/** Storage can be closed to pages in frames. */
const kept = (value) => {
  try {
    if (value === undefined) return localStorage.getItem('test-panel')
    localStorage.setItem('test-panel', value)
  } catch {}
}

const panel = find('[data-testid="panel"] details')
if (panel) {
  const choice = kept()
  panel.open = choice ? choice === 'open' : matchMedia('(min-width: 64rem)').matches
  find('[data-testid="panel-summary"]').addEventListener('click', () => kept(panel.open ? 'closed' : 'open'))
}
