// Shows the Snap page on a page of the merchant's, as a popup or in an element, and calls back what became of it.
;(() => {
  const script = document.currentScript
  if (!script?.src) return console.error('[Snap] snap.js was loaded without its own address: load it by a script tag.')
  const { origin } = new URL(script.src)
  const clientKey = script.dataset.clientKey ?? ''
  const loadedFrom = `${origin} ${clientKey}`
  // Frameworks load it again and again: what is open has to stay within reach.
  if (window.snap?.loadedFrom === loadedFrom) return
  if (clientKey === '') {
    console.warn('[Snap] The script tag has no data-client-key. GET /__admin/settings shows the one of your sandbox.')
  }

  /** What is shown: its frame, and what the page in it has told last. Without a token it waits for one. */
  let shown

  const ignored =
    'enabledPayments skipOrderSummary skipCustomerDetails showOrderId uiMode gopayMode selectedPaymentType'.split(' ')

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
    frame.style.cssText = 'display: block; position: relative; width: 100%; height: 100%; border: 0'
    return frame
  }

  // In pixels, because a page may have any size of letters; by script, because it may allow no style sheet.
  const looks = {
    dialog: `max-width: 100vw; max-height: 100dvh; margin: auto; padding: 0; border: 0; overflow: hidden;
      color-scheme: light dark; background: Canvas; color: CanvasText; box-shadow: 0 0 0 100vmax rgb(0 0 0 / 45%)`,
    small: 'width: 100vw; height: 100dvh; border-radius: 0',
    large: 'width: 432px; height: min(100dvh, 736px); border-radius: 16px',
    close: `position: absolute; top: 0; right: 0; width: 40px; height: 34px; min-width: 0; margin: 0; padding: 0; border: 0;
      background: radial-gradient(circle, #241d12 0 12px, transparent 13px); color: #fff;
      font: 600 18px/34px system-ui, sans-serif; text-align: center; cursor: pointer`,
    waiting: `position: absolute; inset: 0; height: 24px; margin: auto; text-align: center;
      font: 600 18px/24px system-ui, sans-serif`,
  }

  const popupOf = (frame) => {
    const isSmall = innerWidth <= 480
    const dialog = document.createElement('dialog')
    dialog.id = 'snap-midtrans'
    dialog.setAttribute('aria-label', 'Snap')
    dialog.style.cssText = `${looks.dialog}; ${isSmall ? looks.small : looks.large}`
    const close = document.createElement('button')
    close.type = 'button'
    close.textContent = '×'
    close.setAttribute('aria-label', 'Close')
    close.dataset.testid = 'snap-close'
    close.style.cssText = looks.close
    close.addEventListener('click', leave)
    // Escape, pressed outside the frame.
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      leave()
    })
    const waiting = document.createElement('p')
    waiting.textContent = 'Snap …'
    waiting.style.cssText = looks.waiting
    // Over it, once it has something to show.
    frame.style.display = 'none'
    dialog.append(waiting, frame, close)
    return dialog
  }

  const openPopup = () => {
    const frame = frameOf('popup')
    const dialog = popupOf(frame)
    shown = {
      options: {},
      isPopup: true,
      frame,
      element: dialog,
      body: document.body,
      overflow: document.body.style.overflow,
    }
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
    hideLost()
    if (shown && (shown.token !== undefined || name === 'embed')) {
      // The real one's words for the usual case, a second click, stand in shops' logs and comments.
      const known = name === 'pay' && shown.isPopup ? 'Invalid state transition from PopupInView to PopupInView. ' : ''
      throw new Error(`${known}snap.${name}: Snap is open already; call snap.hide() first`)
    }
    for (const each of ignored) {
      if (options[each] !== undefined) console.info(`[Snap] ${each} changes nothing in midtrans-emulator.`)
    }
  }

  /** snap.show(): the popup, which waits for its token. */
  const show = () => {
    hideLost()
    if (!shown) openPopup()
  }

  /** snap.pay(token, options): in a popup, over the page. */
  const pay = (token, given) => {
    const options = given ?? {}
    check(token, options, 'pay')
    show()
    Object.assign(shown, { token, options })
    shown.frame.src = addressOf(token, options, 'popup')
    shown.frame.style.display = 'block'
    shown.frame.focus()
  }

  /** snap.embed(token, { embedId, ... }): in an element of the page. */
  const embed = (token, given) => {
    const options = given ?? {}
    check(token, options, 'embed')
    const place = document.getElementById(options.embedId ?? '')
    if (!place)
      throw new Error(`snap.embed: embedId: found ${JSON.stringify(options.embedId)}, expected the id of an element`)
    const frame = frameOf('embed')
    frame.src = addressOf(token, options, 'embed')
    Object.assign(frame.style, { minWidth: 'min(100%, 320px)', minHeight: '560px' })
    shown = { token, options, isPopup: false, frame, element: frame }
    place.append(frame)
  }

  /** snap.hide(): takes it away. Nothing is called back. */
  const hide = () => {
    if (!shown) return
    const { element, isPopup, body, overflow, timer } = shown
    shown = undefined
    clearTimeout(timer)
    if (isPopup) {
      body.style.overflow = overflow
      element.close()
    }
    element.remove()
  }

  /** Frameworks take away elements without asking: what stood in them is not open any more. */
  const hideLost = () => {
    if (shown && !shown.element.isConnected) hide()
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

  window.snap = { pay, embed, show, hide, loadedFrom }
})()
