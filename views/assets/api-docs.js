// Shows the description of an API, and sends its requests as the sandbox of the page.

const { document: url, serverKey } = document.getElementById('viewer').dataset

const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()

const ui = SwaggerUIBundle({
  url,
  dom_id: '#viewer',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  filter: true,
  // Nothing is asked of another machine.
  validatorUrl: null,
  queryConfigEnabled: false,
  onComplete: () => serverKey && ui.preauthorizeBasic('serverKey', serverKey, ''),
})
