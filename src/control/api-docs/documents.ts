import type { Routes } from '../../midtrans/merchant-api/routes.ts'
import { packageVersion } from '../../package-files.ts'
import type { RegisteredEndpoint } from '../admin/registration.ts'
import type { PlainEndpoint } from './plain.ts'

/** All that documents are made of, as it was registered. */
export interface Documented {
  readonly core: Routes
  readonly admin: RegisteredEndpoint[]
  readonly plain: PlainEndpoint[]
}

/** Each document for whoever has reached the emulator at this origin. Made when first asked for: a start does without. */
export function documentsOf(documented: Documented) {
  let built: ReturnType<typeof build> | undefined
  const rest = async () => {
    // What could not be read is tried again.
    built ??= build(documented).catch((error) => {
      built = undefined
      throw error
    })
    return await built
  }
  const at = (origin: string) => ({ servers: [{ url: origin }] })
  return {
    coreApi: async (origin: string) => ({ ...(await rest()).coreApi, ...at(origin) }),
    admin: async (origin: string) => ({ ...(await rest()).admin, ...at(origin) }),
    postman: async (origin: string) => (await rest()).postman(origin),
  } as const
}

async function build({ core, admin, plain }: Documented) {
  const { readAnswers, coreApiDocument, controlApiDocument, collectionOf } = await import('./index.ts')
  const [coreAnswers, adminAnswers] = await Promise.all([readAnswers('coreApi'), readAnswers('admin')])
  const version = packageVersion()
  const coreApi = coreApiDocument(core, coreAnswers, version)
  const control = controlApiDocument(admin, plain, adminAnswers, version)
  return { coreApi, admin: control, postman: collectionOf({ coreApi, admin: control }) }
}
