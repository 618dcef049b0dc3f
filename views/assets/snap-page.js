// Tells the merchant's page that shows the Snap page in a frame how the payment stands. snap.js listens there.

if (parent !== window) {
  const [, token] = /\/redirection\/([^/?]+)/.exec(location.pathname) ?? []
  parent.postMessage(
    { from: 'midtrans-snap', token: decodeURIComponent(token), ...JSON.parse(document.body.dataset.snap) },
    '*',
  )
}
