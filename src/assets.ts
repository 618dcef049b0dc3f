import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { packageFile } from './package-files.ts'

interface Asset {
  readonly file: URL
  readonly type: string
}

const css = 'text/css; charset=utf-8'
const svg = 'image/svg+xml'
const js = 'text/javascript; charset=utf-8'

/** A file of another package. What is built carries it along; sources find it in that package. */
function foreignFile(name: string, path: string): URL {
  const built = new URL(`./browser/${name}`, import.meta.url)
  return existsSync(built) ? built : new URL(import.meta.resolve(path))
}

/** What pages load besides their HTML, by the name under which they find it. */
const assetsByName: Readonly<Record<string, () => Asset>> = {
  'pages.css': () => ({ file: packageFile('views/assets/pages.css'), type: css }),
  'pages.js': () => ({ file: packageFile('views/assets/pages.js'), type: js }),
  'snap-page.js': () => ({ file: packageFile('views/assets/snap-page.js'), type: js }),
  'icon.svg': () => ({ file: packageFile('views/assets/icon.svg'), type: svg }),
  'dashboard.css': () => ({ file: packageFile('views/assets/dashboard.css'), type: css }),
  'dashboard.js': () => ({ file: packageFile('views/assets/dashboard.js'), type: js }),
  'api-docs.css': () => ({ file: packageFile('views/assets/api-docs.css'), type: css }),
  'api-docs.js': () => ({ file: packageFile('views/assets/api-docs.js'), type: js }),
  'swagger-ui.css': () => ({ file: foreignFile('swagger-ui.css', 'swagger-ui-dist/swagger-ui.css'), type: css }),
  'swagger-ui.js': () => ({ file: foreignFile('swagger-ui.js', 'swagger-ui-dist/swagger-ui-bundle.js'), type: js }),
  'htmx.js': () => ({ file: foreignFile('htmx.js', 'htmx.org/dist/htmx.min.js'), type: js }),
}

/** Where merchants' pages load it from (docs.midtrans.com, snap-js). */
const snapJs = () => ({ file: packageFile('views/assets/snap.js'), type: js })

/** GET /assets/{name}, and GET /snap/snap.js: style sheets and scripts. Read with the first request for each, and kept. */
export function assets(app: FastifyInstance, _options: object, done: () => void): void {
  const ours = Object.entries(assetsByName).map(([name, asset]) => [`/assets/${name}`, asset] as const)
  for (const [path, asset] of [...ours, ['/snap/snap.js', snapJs] as const]) {
    let loaded: Promise<{ bytes: Buffer; etag: string }> | undefined
    app.get(path, { exposeHeadRoute: true }, async (request, reply) => {
      const { file, type } = asset()
      // What could not be read is tried again.
      loaded ??= load(file).catch((error) => {
        loaded = undefined
        throw error
      })
      const { bytes, etag } = await loaded
      // Asked for again each time, and answered in a few bytes: whoever updates the emulator sees the new one at once.
      reply.headers({ etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type(type).send(bytes)
    })
  }
  done()
}

async function load(file: URL) {
  const bytes = await readFile(fileURLToPath(file))
  return { bytes, etag: `"${hash('sha256', bytes).slice(0, 16)}"` }
}
