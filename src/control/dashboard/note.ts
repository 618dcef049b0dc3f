import type { HttpAnswer } from '../../client/http.ts'
import type { StepResult } from '../../client/scenarios.ts'
import type { Form } from './form.ts'
import { happenedLines } from './happened.ts'
import type { Note } from './told.ts'
import { inPath } from './visit.ts'

export const isRefused = ({ status }: HttpAnswer): boolean => status === 0 || status >= 400

/** What Midtrans, or the admin API, has said, and what happened on the way. */
export function noteOf({ label, body: tried }: Form, answer: HttpAnswer, curl: string): Note {
  const { status, body } = answer
  if (status === 0) {
    const lines = ['The connection broke off: a fault, or the sandbox was deleted meanwhile.']
    return { isGood: false, title: `${label}: no answer`, lines, curl, links: [] }
  }
  const fields = plainObject(body)
  const { status_code, status_message, channel_response_message, validation_messages, error_messages, title } = fields
  const isGood = !isRefused(answer) && !(Number(status_code) >= 300) && status_code !== '202' && fields.passed !== false
  const said = [
    fields.detail,
    fields.hint,
    channel_response_message,
    validation_messages,
    error_messages,
    fields.says,
    fields.failure,
  ]
  const code = status_code ?? (isRefused(answer) ? status : undefined)
  const heading = [code, status_message ?? title].filter(Boolean).join(' ')
  return {
    isGood,
    title: heading === '' ? label : `${label}: ${heading}`,
    lines: [...said.flat().flatMap((line) => (typeof line === 'string' ? [line] : [])), ...happenedLines(fields)],
    curl,
    tried,
    steps: stepsIn(fields),
    links: linksIn(body),
  }
}

/** How the steps of a scenario went, which runs alone tell of in this form. */
const stepsIn = ({ passed, steps }: Readonly<Record<string, unknown>>): Note['steps'] =>
  typeof passed === 'boolean' && Array.isArray(steps) ? (steps as StepResult[]) : undefined

/** The pages that an answer leads to: the payer's, and the sandbox of a run that was kept. */
function linksIn(body: unknown): Note['links'] {
  const { actions, merchant_id, passed, redirect_url } = plainObject(body)
  if (typeof redirect_url === 'string') return [{ label: 'Open the Snap page', href: redirect_url }]
  if (typeof passed === 'boolean' && typeof merchant_id === 'string')
    return [{ label: 'Look at its sandbox', href: `/dashboard/${inPath(merchant_id)}` }]
  const names = ['activation-link-url', 'verification-link-url', 'deeplink-redirect']
  return (Array.isArray(actions) ? actions : []).flatMap((action) => {
    const { name, url } = plainObject(action)
    const isPage = typeof name === 'string' && names.includes(name) && typeof url === 'string'
    return isPage ? [{ label: "Open the payer's page", href: url }] : []
  })
}

// Whatever is an object has fields that are not known.
export const plainObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
