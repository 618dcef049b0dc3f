import { type Fault, shown } from '../../text/fault.ts'
import { builtIns, type Step } from './format.ts'

/** `${charge.transaction_id}`, `${link.actions.0.url}`, `${link.actions[activation-link-url].url}`; not `$${...}`, which stands for itself. */
const reference = /(?<!\$)\$\{([^{}]*)\}/g
const referenceOrEscape = /\$\$\{|\$\{([^{}]*)\}/g

export const hasReference = (value: unknown): boolean => (JSON.stringify(value)?.search(reference) ?? -1) >= 0

/**
 * A value with all references replaced. A text that is nothing but one reference takes the type of what it refers to.
 * Throws an error that lists what there is, where one leads nowhere.
 */
export function resolved(value: unknown, known: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return resolvedText(value, known)
  if (Array.isArray(value)) return value.map((each) => resolved(each, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, known)]))
}

function resolvedText(text: string, known: Readonly<Record<string, unknown>>): unknown {
  const [whole] = text.matchAll(reference)
  if (whole?.[0] === text) return lookUp(whole[1] ?? '', known)
  return text.replace(referenceOrEscape, (found, path: string | undefined) => {
    if (path === undefined) return found.slice(1)
    const value = lookUp(path, known)
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}

function lookUp(path: string, known: Readonly<Record<string, unknown>>): unknown {
  let value: unknown = known
  const passed: string[] = []
  for (const part of partsOf(path)) {
    const next = member(value, part)
    if (next === undefined) {
      const there = memberNames(value)
      const where = passed.length === 0 ? '' : ` in ${passed.join('.')}`
      const expected =
        there.length === 0 ? `and ${passed.join('.')} is ${shown(value)}` : `expected one of ${there.join(', ')}`
      throw new Error(`\${${path}}: found no "${part}"${where}, ${expected}`)
    }
    passed.push(part)
    value = next
  }
  return value
}

const partsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((part) => part !== '')

/** By index or, in a list of named things, by `name`; by key in an object. */
function member(value: unknown, part: string): unknown {
  if (Array.isArray(value)) {
    return /^\d+$/.test(part) ? value[Number(part)] : value.find((each) => nameOf(each) === part)
  }
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === part)?.[1]
}

function memberNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((each, index) => nameOf(each) ?? String(index)).slice(0, 20)
  return typeof value === 'object' && value !== null ? Object.keys(value).slice(0, 50) : []
}

function nameOf(value: unknown): string | undefined {
  const { name }: { name?: unknown } = typeof value === 'object' && value !== null ? value : {}
  return typeof name === 'string' ? name : undefined
}

/** References to names that no earlier step has, and names that stand for something else already. */
export function referenceFaults(steps: readonly Step[]): Fault[] {
  const known = new Set<string>(builtIns)
  return steps.flatMap((step, index) => {
    const path = ['steps', String(index)]
    const unknown = [...rootsIn(step)].filter((root) => !known.has(root))
    const faults = unknown.map((root): Fault => {
      return { path, text: `found \${${root}}, expected one of ${[...known].join(', ')}: names of earlier steps` }
    })
    if (step.name === undefined) return faults
    if (known.has(step.name)) {
      faults.push({ path: [...path, 'name'], text: `found ${step.name}, which stands for something else already` })
    }
    known.add(step.name)
    return faults
  })
}

/** What a step refers to; its note is for people. */
const rootsIn = ({ note: _note, ...step }: Step): Set<string> =>
  new Set(Array.from(JSON.stringify(step).matchAll(reference), ([, path = '']) => partsOf(path)[0] ?? ''))
