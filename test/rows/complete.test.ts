import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// The facts are not part of the repository: where they lie beside it, no row may lack its test.
const facts = new URL('../../../shared/midtrans/facts.md', import.meta.url)

/** The first cells of a section's tables, and what its other lines begin with. */
function rowsOf(text: string, section: number): readonly string[] {
  const [, body = ''] = new RegExp(`^## ${section}\\. .*\\n([\\s\\S]*?)^---`, 'm').exec(text) ?? []
  return body.split('\n').flatMap((line) => {
    const [, cell] = /^\| ([^|]+?) \|/.exec(line) ?? []
    if (cell !== undefined) return cell === 'field' || cell === 'call' ? [] : cell
    const [, lead] =
      /^(?:- )?((?!POST )(?:[A-Z][\w /]*?|GET \/ DELETE \S+|HTTP 200 answer)(?=:| →| \())/.exec(line) ?? []
    return lead ?? []
  })
}

const titlesOf = (section: number) => readFileSync(new URL(`section-${section}.test.ts`, import.meta.url), 'utf8')

test.skipIf(!existsSync(facts)).each([7, 8])('every row of facts.md, section %i, has a test naming it', (section) => {
  const rows = rowsOf(readFileSync(facts, 'utf8'), section)
  expect(rows.length).toBeGreaterThan(15)
  const titles = titlesOf(section)
  expect(rows.filter((row) => !titles.includes(`test('${row.replaceAll("'", "\\'")}`))).toEqual([])
})
