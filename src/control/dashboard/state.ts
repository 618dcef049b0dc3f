import { wireSnapshot } from '../admin/snapshots.ts'
import { adminButton } from './button.ts'
import { curlOf } from './copies/curl.ts'
import { inPath, type View, type Visit } from './visit.ts'

/** All that a sandbox knows, as a whole: kept, brought back, copied, written to a file, thrown away. */
export function state({ sandbox, origin }: Visit): View {
  const { merchantId } = sandbox.settings
  const exportPath = `/__admin/export?sandbox=${inPath(merchantId)}`
  const exportCurl = curlOf({ method: 'GET', path: exportPath }, sandbox.serverKey, origin)
  return {
    title: 'State',
    take: adminButton('Take a snapshot', 'take-snapshot', 'snapshots', { tone: 'primary' }),
    snapshots: [...sandbox.snapshots.all].toReversed().map(([name, snapshot]) => {
      const path = `snapshots/${inPath(name)}`
      return {
        ...wireSnapshot([name, snapshot]),
        at: snapshot.now,
        restore: adminButton('Restore', 'restore', `${path}/restore`),
        forget: adminButton('Delete', 'delete-snapshot', path, { method: 'DELETE', tone: 'danger' }),
      }
    }),
    fork: adminButton('Fork', 'fork', 'sandboxes/fork', { next: '/dashboard/{sandbox}' }),
    forkKey: `${sandbox.serverKey}-2`,
    exportPath,
    exportName: `${merchantId}.json`,
    exportCurl: `${exportCurl} -o ${merchantId}.json`,
    importCurl: `curl -s ${origin}/__admin/import -H 'Content-Type: application/json' -d @${merchantId}.json`,
    startWith: `npm start -- --import ${merchantId}.json`,
    reset: adminButton('Reset the sandbox', 'reset', 'reset', { tone: 'danger' }),
    remove: adminButton('Delete this sandbox', 'delete-sandbox', `sandboxes/${inPath(merchantId)}`, {
      method: 'DELETE',
      next: '/dashboard',
      tone: 'danger',
    }),
  }
}
