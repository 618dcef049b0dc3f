// Tells the merchant's page that shows the Snap page in a frame how the payment stands. snap.js listens there.

const told = JSON.parse(document.body.dataset.snap)
const { searchParams } = new URL(location.href)
const frame = searchParams.get('frame')

if (frame !== null && parent !== window) {
  const [, token] = /\/redirection\/([^/?]+)/.exec(location.pathname) ?? []
  const tell = (message) => parent.postMessage({ from: 'midtrans-snap', token, ...message }, '*')
  tell(told)
  // The customer's focus is in the frame: its keys do not reach the page around it.
  if (frame === 'popup') {
    addEventListener('keydown', ({ key }) => key === 'Escape' && tell({ event: 'close' }))
  }
}
