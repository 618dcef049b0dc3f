import { quirks as allQuirks, isForAllSandboxes, optionsOf, type Quirk, quirkNames } from '../../midtrans/quirks.ts'
import type { Sandbox } from '../../sandbox.ts'
import type { AdminApi } from './admin-api.ts'

/**
 * GET /__admin/quirks: where sources about Midtrans disagree, what each option means, who says so, and which one holds.
 * PATCH /__admin/settings {"quirks": {...}} chooses others.
 */
export function quirks(api: AdminApi): void {
  api.get('/__admin/quirks', { summary: 'Where sources about Midtrans disagree, and which one holds' }, wireQuirks)
}

export const wireQuirks = ({ settings }: Sandbox) =>
  quirkNames.map((name) => {
    const { about, options }: Quirk = allQuirks[name]
    return {
      name,
      about,
      set: settings.quirks[name],
      default: optionsOf(name)[0],
      set_by: isForAllSandboxes(name) ? 'the flag --quirks, at the start' : 'PATCH /__admin/settings, or --quirks',
      options,
    }
  })
