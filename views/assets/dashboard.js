// Makes pages nicer that work without it: live updates, and buttons that copy.

/** One stream for the sandbox on the page. */
let stream
function listen() {
  const path = document.getElementById('page')?.dataset.events
  if (stream && new URL(stream.url).pathname === path) return
  stream?.close()
  stream = undefined
  if (!path) return
  stream = new EventSource(path)
  stream.addEventListener('changed', () => htmx.trigger('#page', 'changed'))
}

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
  listen()
  addCopyButtons()
}
document.addEventListener('htmx:after:swap', begin)
// As after a real change of page: whoever uses the keyboard goes on from its content.
document.addEventListener('htmx:after:history:push', () =>
  document.getElementById('content')?.focus({ preventScroll: true }),
)
begin()
