import type { SettingsChange } from '../settings.ts'
import type { World } from '../world.ts'
import type { Brand, Preferences } from './session.ts'

/** What the Snap page is like where nobody has set it up: the documented sample's values (snap-checkout-preference-api). */
const standard: Required<Omit<Preferences, 'id'>> = {
  otherVaProcessor: 'bri_va',
  allowRetry: true,
  hideOrderId: false,
  brand: {
    typography: 'Poppins',
    header_color: '#ffffff',
    button_color: '#0256A7',
    input_border_radius: 10,
    button_border_radius: 10,
    hide_header: false,
  },
  gopayEnabled: true,
}

/** How the Snap page is set up, but for what is a setting of the sandbox. */
export function preferencesOf({ state }: Pick<World, 'state'>): typeof standard {
  const { id: _, ...chosen }: Preferences = state.snapPreferences.get('preferences') ?? { id: 'preferences' }
  return { ...standard, ...chosen, brand: { ...standard.brand, ...chosen.brand } }
}

/** Changes it, and the settings that Midtrans has among the preferences. */
export function changePreferences(
  { state, happened }: World,
  change: { readonly settings: SettingsChange; readonly preferences: Omit<Preferences, 'id'> },
): void {
  const before = state.snapPreferences.get('preferences')
  const brand = { ...before?.brand, ...knownParts(change.preferences.brand) }
  state.snapPreferences.put({ ...before, ...change.preferences, brand, id: 'preferences' })
  state.changeSettings(change.settings)
  happened('settings', 'settings', { names: 'merchant-preferences' })
}

/** Whatever else came along would be kept for ever, more with each change. */
const knownParts = (brand: Brand = {}): Brand =>
  Object.fromEntries(Object.entries(brand).filter(([name]) => Object.hasOwn(standard.brand, name)))
