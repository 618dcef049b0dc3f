import type { FastifySchemaValidationError } from 'fastify/types/schema.js'

/**
 * One message a fault, as Midtrans words them (facts.md, sections 3 and 11). A schema that wants another wording for a
 * field says so itself, in `x-message`.
 */
export function validationMessages(errors: readonly FastifySchemaValidationError[]): string[] {
  return [...new Set(errors.map(message))]
}

function message(error: FastifySchemaValidationError): string {
  const path = error.instancePath.slice(1).replaceAll('/', '.')
  switch (error.keyword) {
    case 'required':
      return `${path ? `${path}.` : ''}${error.params.missingProperty} is required`
    case 'maxLength':
      return `${path} is too long`
    case 'minimum':
      return `${path} must be greater than or equal to ${error.params.limit}`
    case 'pattern':
      return `${path} ${patternMessages[String(error.params.pattern)] ?? 'is invalid'}`
    // UNCERTAIN: the wording for fields of the wrong type was not seen, but for Snap's gross_amount.
    case 'type':
      return `${path} ${String(error.params.type).includes('integer') ? 'is not a number' : 'is invalid'}`
    default:
      return `${path} is invalid`
  }
}

/** Digits of a phone number: may be a JSON number, too (recordings.md). */
export const phonePattern = '^[1-9][0-9]*$'
/** A whole number of at least 1, as text: the Java client sends amounts so. */
export const amountPattern = '^0*[1-9][0-9]*(?:\\.0+)?$'

const patternMessages: Readonly<Record<string, string>> = {
  [phonePattern]: 'must be numeric digits and must not begin with 0',
  [amountPattern]: 'must be greater than or equal to 1',
}
