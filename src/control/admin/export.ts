import { exported, importing, StateFile } from '../state-file.ts'
import type { ProcessApi } from './admin-api.ts'
import { shownSandbox } from './sandboxes.ts'
import { whichSandbox } from './which-sandbox.ts'

/** A state file is as long as what was stored. */
const bodyLimit = 64 * 1_048_576

/**
 * GET /__admin/export: all sandboxes, or that of a server key or of `?sandbox=`, as one JSON file, server keys in full.
 * What flags say is not in it, and no snapshots.
 * POST /__admin/import: replaces the sandboxes of the keys in such a file, and opens those that are not open: all of
 * them or, where anything in it is wrong, none. Their clocks go on from where they stood.
 */
export function exportAndImport(api: ProcessApi): void {
  const exporting = {
    summary: 'All sandboxes, or the one that is named, as one JSON file; server keys stand in it in full',
    query: { sandbox: 'merchant_id of the only one that is wanted.' },
  }
  api.get('/__admin/export', exporting, (sandboxes, { query, reply: { request } }) => {
    const isNamed = query.sandbox !== undefined || /^basic /i.test(request.headers.authorization ?? '')
    const wanted = isNamed ? [whichSandbox(sandboxes, request)] : sandboxes.usual
    for (const { time } of wanted) time.catchUp()
    return exported(wanted)
  })

  const importingFile = {
    summary: 'Replaces or opens the sandboxes of such a file, in which server keys stand in full',
    body: StateFile,
    bodyLimit,
    example: { format: 'midtrans-emulator', version: 1, sandboxes: [] },
  }
  api.post('/__admin/import', importingFile, (sandboxes, { body }) => {
    const putIntoPlace = importing(sandboxes, body)
    return putIntoPlace().map(shownSandbox)
  })
}
