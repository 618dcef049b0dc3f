import type { CoreApi } from '../core-api/request.ts'
import { create } from './create.ts'
import { get } from './get.ts'
import { unbind } from './unbind.ts'

/** Chapter "GoPay Tokenization: linking" of the Core API. */
export function accountEndpoints(api: CoreApi): void {
  create(api)
  get(api)
  unbind(api)
}
