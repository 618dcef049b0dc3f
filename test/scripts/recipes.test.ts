import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { clients } from '../../scripts/recipes/clients.ts'
import { readPage, ways } from '../../scripts/recipes/page.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'recipes-'))
afterAll(() => rm(folder, { recursive: true }))

function recipes(args: readonly string[], env = process.env) {
  return new Promise<{ code: unknown; lines: readonly string[]; stderr: string }>((resolve) => {
    execFile(process.execPath, [`${root}scripts/recipes.ts`, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, lines: stdout.trimEnd().split('\n'), stderr }),
    )
  })
}

test('the page of the official Node client is followed by each of its ways', async () => {
  const { code, lines, stderr } = await recipes([`node=${root}`])
  expect(stderr).toBe('')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe('ok      node   address settlement 200, active 36')
  expect(lines[1]).toBe('ok      node   proxy   settlement 200, active 36')
  // Not every machine lets ordinary users have a network of their own.
  expect(lines[2]).toMatch(
    /^(ok {6}node {3}names {3}settlement 200, active 36|skipped node {3}names {3}unshare cannot)/,
  )
  expect(code).toBe(0)
})

test('a program that prints something else than its page says is a failure, with what it said', async () => {
  const broken = join(folder, 'node_modules', 'midtrans-client')
  await mkdir(broken, { recursive: true })
  await writeFile(join(broken, 'package.json'), '{"main":"index.js"}')
  await writeFile(join(broken, 'index.js'), "throw new Error('this client is broken')")
  const { code, lines } = await recipes([`node=${folder}`])
  expect(lines.join('\n')).toMatch(/^failed {2}node {3}address (.|\n)*this client is broken/)
  expect(code).toBe(1)
})

test('a client whose language is not there is skipped, which is a failure where all have to run', async () => {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await symlink('/bin/sh', join(bin, 'sh'))
  const line = 'skipped php    all     found no php on this machine'
  expect(await recipes(['php'], { PATH: bin })).toMatchObject({ code: 0, lines: [line] })
  expect(await recipes(['--strict', 'php'], { PATH: bin })).toMatchObject({ code: 1, lines: [line] })
})

test('an unknown client is told which there are', async () => {
  const { code, stderr } = await recipes(['perl'])
  expect(stderr).toContain('found "perl", expected node, php, go, python, java, ruby')
  expect(code).toBe(2)
})

test.each(Object.entries(clients))('the page of %s has what each of its ways needs', (name, client) => {
  const programs = readPage(name, client)
  expect(programs.map(({ expected }) => expected)).toEqual(['settlement 200', 'active 36'])
  for (const [at, { filesFor }] of programs.entries()) {
    const [byAddress, ...unchanged] = ways.map((way) => Object.values(filesFor(way) ?? {}).join('\n'))
    for (const program of unchanged) {
      expect(program).toContain(at === 0 ? `order-${name}` : `snap-${name}`)
      expect(program).not.toContain('localhost')
    }
    // recordings.md, Clients: PHP's address is a constant.
    expect(byAddress?.includes('localhost:8765')).toBe(name !== 'php')
  }
})
