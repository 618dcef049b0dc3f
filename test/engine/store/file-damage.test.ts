import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from './folder.ts'
import { record } from './store.contract.ts'

/** A folder with two files, and the text of the first. */
async function twoFiles() {
  const folder = await newFolder()
  for (const ids of [['a', 'b', 'c'], ['d']]) {
    const store = folder.open()
    await store.load()
    store.keep(ids.map((id, index) => record(id, index, { text: id.repeat(5) })))
    await store.close()
  }
  const path = join(folder.path, '00000001.json')
  return { folder, path, text: await readFile(path, 'utf8') }
}

test.each([
  ['is empty', ''],
  ['holds something else', 'hello, this is no sandbox'],
  ['is full of zeros, as after a power cut', '\0'.repeat(200)],
  ['holds JSON that is no list of lines', '{"items":[]}'],
  ['holds lines that are no records', '[\n17,\n"items"\n]\n'],
])('a file that %s ends the opening with its name', async (_what, damage) => {
  const { folder, path } = await twoFiles()
  await using _ = folder
  await writeFile(path, damage)
  await expect(folder.open().load()).rejects.toThrow(`${path} is damaged`)
})

test('wherever a file was cut off, the opening ends with its name, and never goes on with half of it', async () => {
  const { folder, path, text } = await twoFiles()
  await using _ = folder
  const unnoticed: string[] = []
  for (let length = 0; length < text.length; length++) {
    await writeFile(path, text.slice(0, length))
    const message = await folder
      .open()
      .load()
      .then(() => 'opened', String)
    if (!message.includes(`${path} is damaged`)) unnoticed.push(`${length} of ${text.length}: ${message}`)
  }
  expect(unnoticed).toEqual([])
})

test('a damaged character ends the opening with the name of the file', async () => {
  const { folder, path, text } = await twoFiles()
  await using _ = folder
  await writeFile(path, text.replace('"b"', '\u0007b"'))
  await expect(folder.open().load()).rejects.toThrow(`${path} is damaged`)
})
