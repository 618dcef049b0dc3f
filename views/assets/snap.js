// Shows the Snap page on a page of the merchant's, as a popup or in an element, and calls back what became of it.
;(() => {
  const script = document.currentScript
  if (!script?.src) return console.error('[Snap] snap.js was loaded without its own address: load it by a script tag.')
  const { origin } = new URL(script.src)
  const clientKey = script.dataset.clientKey ?? ''
  if (clientKey === '') {
    console.warn('[Snap] The script tag has no data-client-key. GET /__admin/settings shows the one of your sandbox.')
  }

  /** What is shown: its frame, and what the page in it has told last. Without a token it waits for one. */
  let shown

  const styles = (element, values) => Object.assign(element.style, values)

  const ignored = [
    'enabledPayments',
    'skipOrderSummary',
    'skipCustomerDetails',
    'showOrderId',
    'uiMode',
    'gopayMode',
    'selectedPaymentType',
  ]

  const addressOf = (token, { language }, kind) => {
    const address = new URL(`/snap/v4/redirection/${encodeURIComponent(token)}`, origin)
    address.searchParams.set('frame', kind)
    if (clientKey !== '') address.searchParams.set('client_key', clientKey)
    if (language === 'id' || language === 'en') address.searchParams.set('lang', language)
    return address.href
  }

  const frameOf = (kind) => {
    const frame = document.createElement('iframe')
    frame.title = 'Snap'
    frame.name = `snap-${kind}`
    styles(frame, { width: '100%', height: '100%', border: '0', display: 'block' })
    return frame
  }

  // Pixels: a page may have any size of letters.
  const popupOf = (frame) => {
    const isSmall = innerWidth <= 480
    const dialog = document.createElement('dialog')
    dialog.id = 'snap-midtrans'
    dialog.setAttribute('aria-label', 'Snap')
    styles(dialog, {
      width: isSmall ? '100vw' : '432px',
      height: isSmall ? '100dvh' : 'min(100dvh, 736px)',
      maxWidth: '100vw',
      maxHeight: '100dvh',
      margin: 'auto',
      padding: '0',
      border: '0',
      borderRadius: isSmall ? '0' : '16px',
      overflow: 'hidden',
      background: '#f3efe7',
      boxShadow: '0 0 0 100vmax rgb(0 0 0 / 45%)',
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
      width: '40px',
      height: '34px',
      minWidth: '0',
      margin: '0',
      padding: '0',
      border: '0',
      background: 'radial-gradient(circle, #241d12 0 12px, transparent 13px)',
      color: '#fff',
      font: '600 18px/34px system-ui, sans-serif',
      textAlign: 'center',
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

  const openPopup = (content) => {
    const frame = frameOf('popup')
    const dialog = popupOf(frame)
    shown = { options: {}, ...content, isPopup: true, frame, element: dialog, overflow: document.body.style.overflow }
    document.body.append(dialog)
    document.body.style.overflow = 'hidden'
    // A modal dialog holds the focus, and gives it back when it is closed.
    dialog.showModal()
  }

  const check = (token, options, name) => {
    if (typeof token !== 'string' || token.trim() === '') {
      throw new TypeError(
        `snap.${name}: found ${JSON.stringify(token)}, expected the token of POST /snap/v1/transactions`,
      )
    }
    if (shown && (shown.token !== undefined || name === 'embed')) {
      throw new Error(`snap.${name}: Snap is open already; call snap.hide() first`)
    }
    for (const each of ignored) {
      if (options[each] !== undefined) console.info(`[Snap] ${each} changes nothing in midtrans-emulator.`)
    }
  }

  /** snap.show(): the popup, which waits for its token. */
  const show = () => {
    if (!shown) openPopup({})
  }

  /** snap.pay(token, options): in a popup, over the page. */
  const pay = (token, options = {}) => {
    check(token, options, 'pay')
    show()
    Object.assign(shown, { token, options })
    shown.frame.src = addressOf(token, options, 'popup')
    shown.frame.focus()
  }

  /** snap.embed(token, { embedId, ... }): in an element of the page. */
  const embed = (token, options = {}) => {
    check(token, options, 'embed')
    const place = document.getElementById(options.embedId ?? '')
    if (!place)
      throw new Error(`snap.embed: embedId: found ${JSON.stringify(options.embedId)}, expected the id of an element`)
    const frame = frameOf('embed')
    frame.src = addressOf(token, options, 'embed')
    styles(frame, { minWidth: 'min(100%, 320px)', minHeight: '560px' })
    shown = { token, options, isPopup: false, frame, element: frame }
    place.append(frame)
  }

  /** snap.hide(): takes it away. Nothing is called back. */
  const hide = () => {
    if (!shown) return
    const { element, isPopup, overflow, timer } = shown
    shown = undefined
    clearTimeout(timer)
    if (isPopup) {
      document.body.style.overflow = overflow
      element.close()
    }
    element.remove()
  }

  /** Tells the merchant, once. Without a callback the customer goes to the finish page; where there is none, all stays as it is. */
  const finish = (name, result) => {
    const callback = shown.options[name]
    const next = name === 'onClose' ? undefined : result?.finish_redirect_url
    if (typeof callback === 'function') {
      hide()
      callback(...(name === 'onClose' ? [] : [result]))
    } else if (next) {
      hide()
      location.assign(next)
    }
  }

  /** The customer goes away: with a payment that waits, after one that was made or failed, or without any. */
  function leave() {
    if (!shown) return
    const left = shown
    const { event, result } = left.told ?? {}
    if (event === 'success') finish('onSuccess', result)
    else if (event === 'pending') finish('onPending', result)
    else if (result) finish('onError', result)
    else finish('onClose')
    // A callback may have opened the next one.
    if (shown === left) hide()
  }

  addEventListener('message', ({ data, source, origin: from }) => {
    if (!shown || source !== shown.frame.contentWindow || from !== origin || data?.from !== 'midtrans-snap') return
    // Of GoPay's pages as well, which know no token.
    if (data.event === 'close' && shown.isPopup) return leave()
    if (data.token !== shown.token) return
    shown.told = data
    if (data.event === 'error') {
      console.error('[Snap]', data.result)
      return finish('onError', data.result)
    }
    if (data.event !== 'success') return
    const seconds = Math.min(Math.max(Number(shown.options.autoCloseDelay) || 0, 0), 60)
    clearTimeout(shown.timer)
    shown.timer = setTimeout(() => finish('onSuccess', data.result), seconds * 1_000)
  })

  window.snap = { pay, embed, show, hide }
})()
