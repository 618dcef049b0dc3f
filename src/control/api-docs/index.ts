export { readAnswers } from './answers.ts'
export { controlApiDocument } from './control-api.ts'
export { coreApiDocument } from './core-api.ts'
export { collectionOf } from './postman.ts'
