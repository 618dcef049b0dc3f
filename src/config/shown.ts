import { shortKey, withoutPassword } from '../midtrans/secrets.ts'
import type { Effective } from './effective.ts'
import type { Setting } from './setting.ts'
import { keyOf, type Name, names, settings } from './settings.ts'

/** What holds for a setting, as it may be shown: without secrets. */
export interface Shown {
  readonly name: Name
  readonly key: string
  readonly value: unknown
  /** "flag --port", "variable PORT", "file shop.yaml", "default". */
  readonly from: string
}

export const shownSettings = ({ values, from }: Effective): readonly Shown[] =>
  names.map((name) => {
    const { isSecret }: Setting<unknown> = settings[name]
    return {
      name,
      key: keyOf(name),
      value: withoutSecret(values[name], isSecret === true),
      from: from.get(name) ?? 'default',
    }
  })

function withoutSecret(value: unknown, isSecret: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecret(item, isSecret))
  if (typeof value !== 'string' || value === '') return value
  return isSecret ? shortKey(value) : withoutPassword(value)
}
