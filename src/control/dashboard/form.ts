import { Problem } from '../admin/problem.ts'
import type { Method } from './button.ts'
import { inPath } from './visit.ts'

/** A button as its form sends it. */
export interface Form {
  readonly label: string
  readonly method: Method
  readonly path: string
  readonly body?: object
  readonly next?: string
  readonly back: string
}

type Fields = Readonly<Record<string, string | undefined>>

/** More levels than the body of any call has. */
const deepest = 10

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Reads what a button's form sends: the call (`method`, `path`, `body` as JSON), and what a person has filled in:
 * `text.name`, `number.name`, `percent.name`, `flag.name` (on or off), `list.name` (commas), `json.name` are laid into the body under
 * this name, dots leading deeper, `over.name` (JSON) over all of it; `path.name` into the path, in the place of `{name}`. Whatever is left empty is left out;
 * `blank.name` is a text, and `hosts.name` a list, that may be empty. `wib.name` is a time as browsers write it, of WIB.
 * Fields that still say what they said before (`was.text.name`) are left out as well. Throws a Problem where a field is none of these.
 */
export function readForm(fields: Fields): Form {
  const { method: name, path = '', body: standard, next, back = '', label = 'Done' } = fields
  const method = methods.find((each) => each === name)
  if (!method || !/^\/(?:__admin|v2|v1\/subscriptions|snap)(?:\/[^\s\\]*)?$/.test(path))
    throw badForm(`found ${name} ${path}, expected a call of an API`)
  const given = objectIn('body', standard || '{}')
  const whole: Record<string, unknown> = { ...given }
  let filledPath = path
  for (const [field, text = ''] of Object.entries(fields)) {
    const [, kind = '', place = ''] =
      /^(text|blank|wib|number|percent|flag|list|hosts|json|over|path)\.([\w.]+)$/.exec(field) ?? []
    if (kind === '' || fields[`was.${field}`] === text) continue
    if (kind === 'path') {
      if (text === '') throw badForm(`${place}: found nothing, expected something`)
      filledPath = filledPath.replace(`{${place}}`, inPath(text))
      continue
    }
    if (text.trim() === '' && kind !== 'blank' && kind !== 'hosts') continue
    const names = kind === 'over' ? [] : place.split('.')
    if (names.length > deepest)
      throw badForm(`${place.slice(0, 100)}: found ${names.length} levels, expected at most ${deepest}`)
    if (kind === 'over') for (const [each, value] of Object.entries(objectIn(place, text))) lay(whole, [each], value)
    else lay(whole, names, readValue(kind, place, text))
  }
  checkDepth(whole)
  const hasBody = Object.keys(whole).length > 0 || (standard ?? '') !== ''
  return {
    label,
    method,
    path: filledPath,
    back,
    ...(hasBody && { body: Array.isArray(given) ? given : whole }),
    ...(next && { next }),
  }
}

/** Whatever is nested deeper than any call here can be written by nobody, and read by no parser for sure. */
function checkDepth(body: object): void {
  try {
    JSON.stringify(body)
  } catch {
    throw badForm('found JSON that is nested too deeply')
  }
}

function readValue(kind: string, place: string, text: string): unknown {
  switch (kind) {
    case 'number':
      // As people write amounts here: 100.000.
      if (/^-?\d+$/.test(text.replace(/[.\s]/g, ''))) return Number(text.replace(/[.\s]/g, ''))
      throw badForm(`${place}: found "${text}", expected a whole number`)
    case 'percent':
      return percent(place, text)
    case 'flag':
      return text === 'on' || text === 'true'
    case 'list':
    case 'hosts':
      return text.split(/[,\s]+/).filter((part) => part !== '')
    case 'wib':
      // Whatever else it may be, the API says what it expects.
      return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/, '$1+07:00')
    case 'json':
      return objectIn(place, text)
    default:
      return text
  }
}

/** 12.5 or 12,5, as a part of one. */
function percent(place: string, text: string): number {
  const part = Number(text.trim().replace(',', '.')) / 100
  if (part > 0 && part <= 1) return part
  throw badForm(`${place}: found "${text}", expected a percentage above 0, up to 100`)
}

function objectIn(place: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw badForm(`${place}: found ${text.slice(0, 100)}, expected a JSON object`)
}

/** Lays a value into an object, deep inside of it; objects are laid over each other. */
function lay(object: Record<string, unknown>, [name = '', ...deeper]: readonly string[], value: unknown): void {
  const there = Object.hasOwn(object, name) ? object[name] : undefined
  const isObject = typeof there === 'object' && there !== null && !Array.isArray(there)
  const inner: Record<string, unknown> = isObject ? { ...there } : {}
  if (deeper.length > 0) {
    lay(inner, deeper, value)
    define(object, name, inner)
  } else if (isObject && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    define(object, name, { ...inner, ...value })
  } else define(object, name, value)
}

/** Also under a name such as __proto__. */
const define = (object: Record<string, unknown>, name: string, value: unknown) =>
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })

const badForm = (detail: string): Problem => new Problem(400, 'Bad form', detail)
