import { readFileSync } from 'node:fs'
import type { KnownPayer, PayerBook, PayerEntry, Persona } from './payer.ts'

interface PayerFile {
  readonly pin: string
  readonly otp: string
  readonly newPayer: string
  readonly passerBy: string
  readonly payers: readonly PayerEntry[]
}

/** Reads a file like fixtures/payers.json, and personas.json beside it. */
export function readPayerBook(file: URL): PayerBook {
  const { payers, newPayer, ...rest } = readJson(file) as PayerFile
  const personas = new Map(Object.entries(readJson(new URL('personas.json', file)) as Record<string, Persona>))
  const empty: PayerBook = {
    ...rest,
    personas,
    newPayer: knownPayer({ phone: '', persona: newPayer }, personas),
    phones: [],
    find: () => undefined,
  }
  return withPayers(empty, payers)
}

/** The book with these payers added, or in the place of those with the same numbers. */
export function withPayers(book: PayerBook, entries: readonly PayerEntry[]): PayerBook {
  const byPhone = new Map(entries.map((entry) => [entry.phone, knownPayer(entry, book.personas)]))
  return {
    ...book,
    phones: [...new Set([...book.phones, ...byPhone.keys()])],
    find: (phone) => byPhone.get(phone) ?? book.find(phone),
  }
}

export function knownPayer({ phone, ...own }: PayerEntry, personas: PayerBook['personas']): KnownPayer {
  const persona = personas.get(own.persona)
  if (!persona) throw new Error(`payer ${phone} is to be "${own.persona}": there is no such persona`)
  return { ...persona, ...own }
}

const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'))
