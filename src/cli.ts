#!/usr/bin/env node
import * as nodeModule from 'node:module'

// The same as `engines` in package.json, which npm only warns of.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`midtrans-emulator: found Node.js ${process.versions.node}, expected 22.19 or newer`)
  process.exit(2)
}

// Compiled code is kept between starts; without it a start takes half as long again.
nodeModule.enableCompileCache()

const { main } = await import('./command/index.ts')
await main(process.argv.slice(2))
