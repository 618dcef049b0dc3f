import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { pages, root, textOf } from './blocks.ts'

const withoutCode = (text: string) =>
  text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''))

const linksOf = (page: string) => [
  ...Array.from(withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g), ([, to = '']) => to),
  ...Array.from(textOf(page).matchAll(/\bsrc="([^"]+)"/g), ([, to = '']) => to),
]

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm)) {
    const anchor = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    let name = anchor
    for (let again = 1; anchors.has(name); again++) name = `${anchor}-${again}`
    anchors.add(name)
  }
  return anchors
}

test.each(pages)('what %s links to is there', (page) => {
  const dead = linksOf(page).filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : posix.join(posix.dirname(page), path)
    if (!existsSync(root + target)) return true
    return anchor !== undefined && !anchorsOf(target).has(anchor)
  })
  expect(dead).toEqual([])
})

test.each(pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md'))(
  'the index of the documentation leads to %s',
  (page) => {
    expect(linksOf('docs/README.md')).toContain(posix.relative('docs', page))
  },
)
