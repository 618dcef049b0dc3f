import { isForAllSandboxes } from '../../midtrans/quirks.ts'
import { wireQuirks } from '../admin/quirks.ts'
import { wireSettings } from '../admin/settings.ts'
import { adminButton } from './button.ts'
import { groups, inputOf } from './setting-fields.ts'
import type { View, Visit } from './visit.ts'

/** All settings of the sandbox, in groups; each saves what was changed in it. */
export function settings({ sandbox }: Visit): View {
  const values: Readonly<Record<string, unknown>> = wireSettings(sandbox)
  const save = (id: string) =>
    adminButton('Save', `save-${id}`, 'settings', {
      method: 'PATCH',
      body: {},
      // Its address follows the merchant_id.
      next: '/dashboard/{merchant_id}/settings',
      tone: 'primary',
    })
  return {
    title: 'Settings',
    groups: groups.map(({ id, title, fields }) => ({
      id,
      title,
      save: save(id),
      fields: fields.map((field) => inputOf(field, values[field.name])),
    })),
    saveQuirks: save('quirks'),
    quirks: wireQuirks(sandbox).map(({ options, ...quirk }) => ({
      ...quirk,
      isFixed: isForAllSandboxes(quirk.name),
      options: Object.entries(options).map(([name, option]) => ({ name, ...option })),
    })),
  }
}
