// Shows Midtrans's Snap page on a page of the merchant's, as a popup or in an element, and calls back what became of it.
;(() => {
  const script = document.currentScript
  if (!script?.src) return console.error('[Snap] snap.js was loaded without its own address: load it by a script tag.')
  const { origin } = new URL(script.src)
  const clientKey = script.dataset.clientKey ?? ''
  if (clientKey === '') {
    console.warn('[Snap] The script tag has no data-client-key. GET /__admin/settings shows the one of your sandbox.')
  }

  /** The page that is shown: its frame, and what it has told last. */
  let shown

  const styles = (element, values) => Object.assign(element.style, values)

  const ignored = ['uiMode', 'skipOrderSummary', 'selectedPaymentType', 'gopayMode', 'skipCustomerDetails', 'autoReset']

  const addressOf = (token, { language }, kind) => {
    const address = new URL(`/snap/v4/redirection/${encodeURIComponent(token)}`, origin)
    address.searchParams.set('frame', kind)
    if (clientKey !== '') address.searchParams.set('client_key', clientKey)
    if (language === 'id' || language === 'en') address.searchParams.set('lang', language)
    return address.href
  }

  const frameOf = (token, options, kind) => {
    const frame = document.createElement('iframe')
    frame.src = addressOf(token, options, kind)
    frame.title = 'Snap'
    frame.name = `snap-${kind}`
    // GoPay's pages lead on to deep links and to the merchant.
    frame.allow = 'payment'
    styles(frame, { width: '100%', height: '100%', border: '0', display: 'block', background: 'Canvas' })
    return frame
  }

  const popupOf = (frame) => {
    const dialog = document.createElement('dialog')
    dialog.id = 'snap-midtrans'
    dialog.setAttribute('aria-label', 'Snap')
    styles(dialog, {
      width: 'min(100vw, 27rem)',
      height: 'min(100dvh, 46rem)',
      maxWidth: '100vw',
      maxHeight: '100dvh',
      margin: 'auto',
      padding: '0',
      border: '0',
      borderRadius: innerWidth > 480 ? '1rem' : '0',
      overflow: 'hidden',
    })
    const close = document.createElement('button')
    close.type = 'button'
    close.textContent = '×'
    close.setAttribute('aria-label', 'Close')
    close.dataset.testid = 'snap-close'
    styles(close, {
      position: 'absolute',
      top: '0',
      right: '0',
      width: '2.25rem',
      height: '2.25rem',
      border: '0',
      background: 'none',
      color: '#3a2a00',
      font: '600 1.375rem/1 system-ui, sans-serif',
      cursor: 'pointer',
    })
    close.addEventListener('click', leave)
    // Escape, pressed outside the frame.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      leave()
    })
    dialog.append(frame, close)
    return dialog
  }

  const checked = (token, options, name) => {
    if (typeof token !== 'string' || token.trim() === '') {
      throw new TypeError(
        `snap.${name}: found ${JSON.stringify(token)}, expected the token of POST /snap/v1/transactions`,
      )
    }
    if (shown) throw new Error(`snap.${name}: the Snap page is open already; call snap.hide() first`)
    for (const each of ignored) {
      if (options[each] !== undefined) console.info(`[Snap] ${each} changes nothing in midtrans-emulator.`)
    }
  }

  /** snap.pay(token, options): in a popup, over the page. */
  const pay = (token, options = {}) => {
    checked(token, options, 'pay')
    const frame = frameOf(token, options, 'popup')
    const dialog = popupOf(frame)
    shown = { token, options, frame, element: dialog, overflow: document.body.style.overflow }
    document.body.append(dialog)
    document.body.style.overflow = 'hidden'
    // A modal dialog holds the focus, and gives it back when it is closed.
    dialog.showModal()
    frame.focus()
  }

  /** snap.embed(token, { embedId, ... }): in an element of the page. */
  const embed = (token, options = {}) => {
    checked(token, options, 'embed')
    const place = document.getElementById(options.embedId ?? '')
    if (!place)
      throw new Error(`snap.embed: embedId: found ${JSON.stringify(options.embedId)}, expected the id of an element`)
    const frame = frameOf(token, options, 'embed')
    styles(frame, { minWidth: 'min(100%, 20rem)', minHeight: '35rem' })
    shown = { token, options, frame, element: frame }
    place.append(frame)
  }

  /** snap.hide(): takes it away. Nothing is called back. */
  const hide = () => {
    if (!shown) return
    const { element, overflow } = shown
    clearTimeout(shown.timer)
    if (overflow !== undefined) document.body.style.overflow = overflow
    element.close?.()
    element.remove()
    shown = undefined
  }

  /** What the merchant wants to be told, once; without a callback the customer goes to the finish page. */
  const finish = (name, result) => {
    const { options } = shown
    hide()
    const callback = options[name]
    if (typeof callback === 'function') return callback(result)
    if (name !== 'onClose' && result?.finish_redirect_url) location.assign(result.finish_redirect_url)
  }

  /** The customer goes away: with a payment that waits, after one that failed, or without any. */
  function leave() {
    if (!shown) return
    const { event, result } = shown.told ?? {}
    if (event === 'pending') finish('onPending', result)
    else if (result) finish('onError', result)
    else finish('onClose')
  }

  addEventListener('message', ({ data, source, origin: from }) => {
    if (!shown || source !== shown.frame.contentWindow || from !== origin) return
    if (data?.from !== 'midtrans-snap' || data.token !== shown.token) return
    if (data.event === 'close') return leave()
    shown.told = data
    if (data.event === 'error') {
      console.error('[Snap]', data.result)
      return finish('onError', data.result)
    }
    if (data.event !== 'success') return
    const { autoCloseDelay = 0 } = shown.options
    const seconds = Math.min(Math.max(Number(autoCloseDelay) || 0, 0), 60)
    shown.timer = setTimeout(() => shown && finish('onSuccess', data.result), seconds * 1_000)
  })

  window.snap = { pay, embed, hide }
})()
