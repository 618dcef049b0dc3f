// Makes pages nicer that work without it: live updates, and buttons that copy.

/** What a button was pressed for is on its way, and brings the page that comes next. */
let isSending = false

const refresh = () => isSending || htmx.trigger('#page', 'changed')

/** One stream for the sandbox on the page; none for a tab that nobody sees: a browser has six connections to a host. */
let stream
function listen() {
  const path = document.hidden ? undefined : document.getElementById('page')?.dataset.events
  if (stream?.readyState !== EventSource.CLOSED && stream && new URL(stream.url).pathname === path) return
  stream?.close()
  stream = undefined
  if (!path) return
  stream = new EventSource(path)
  stream.addEventListener('changed', refresh)
  // Turned away, because many tabs are open: a browser does not try again by itself.
  stream.addEventListener(
    'error',
    ({ target }) => target.readyState === EventSource.CLOSED && setTimeout(listen, 5_000),
  )
}

document.addEventListener('visibilitychange', () => {
  listen()
  if (!document.hidden && stream) refresh()
})

/** A button on each text that is there to be copied. */
function addCopyButtons() {
  if (!navigator.clipboard) return
  for (const text of document.querySelectorAll('pre[data-copy]')) {
    if (text.nextElementSibling?.classList.contains('copy')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.dataset.testid = 'copy'
    text.after(button)
  }
}

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('button.copy') : null
  if (!button) return
  await navigator.clipboard.writeText(button.previousElementSibling.textContent)
  button.textContent = 'Copied'
})

function begin() {
  isSending = false
  listen()
  addCopyButtons()
}
document.addEventListener('submit', () => {
  isSending = true
})
document.addEventListener('htmx:error', () => {
  isSending = false
})
document.addEventListener('htmx:after:swap', begin)
// As after a real change of page: whoever uses the keyboard goes on from its content.
document.addEventListener('htmx:after:history:push', () =>
  document.getElementById('content')?.focus({ preventScroll: true }),
)
begin()
