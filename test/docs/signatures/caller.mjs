import { readFileSync } from 'node:fs'
import { isSigned } from './page.mjs'

const { serverKey, bodies } = JSON.parse(readFileSync('bodies.json', 'utf8'))
for (const body of bodies) console.log(isSigned(body, serverKey))
