import type { FastifyServerOptions } from 'fastify'

type Schemas = NonNullable<FastifyServerOptions['schemaController']>
type ValidatorFactory = NonNullable<NonNullable<Schemas['compilersFactory']>['buildValidator']>

/** What Ajv makes of a schema. */
type Validator = ((data: unknown) => boolean) & { readonly errors?: readonly object[] | null }

/**
 * Requests are checked as the schemas say and nothing more: "10000" is no number, unknown fields stay, and all faults
 * are listed. allowUnionTypes: clients send numbers as text, too.
 */
const customOptions = {
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allErrors: true,
  allowUnionTypes: true,
} as const

/**
 * Loads Ajv and compiles a schema with the first request that needs it: at the start, that would cost more than all of
 * our own code. Answers are written by JSON.stringify, so there is nothing to compile for them.
 */
export const lazySchemas: Schemas = {
  // Fastify takes validators that answer with a promise, though the types of its default compiler do not say so.
  compilersFactory: {
    buildValidator: buildValidator as unknown as ValidatorFactory,
    buildSerializer: () => () => JSON.stringify,
  },
}

function buildValidator() {
  let compiler: ReturnType<typeof loadAjv> | undefined
  return (route: { schema?: unknown }) => {
    let validate: Validator | undefined
    const compileAndCheck = async (data: unknown) => {
      compiler ??= loadAjv()
      validate ??= (await compiler)(route)
      const { error } = check(validate, data)
      // An asynchronous validator says no by rejecting with the list of faults.
      if (error) return Promise.reject(error)
      return true
    }
    return (data: unknown) => (validate ? check(validate, data) : compileAndCheck(data))
  }
}

async function loadAjv(): Promise<(route: { schema?: unknown }) => Validator> {
  const { default: AjvCompiler } = await import('@fastify/ajv-compiler')
  // The types of Ajv's validators are wider than what these options give: a function with a list of errors.
  return AjvCompiler()({}, { customOptions }) as unknown as (route: { schema?: unknown }) => Validator
}

function check(validate: Validator, data: unknown): { readonly value?: unknown; readonly error?: readonly object[] } {
  return validate(data) ? { value: data } : { error: validate.errors ?? [] }
}
