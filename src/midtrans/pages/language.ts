import type { FastifyRequest } from 'fastify'
import type { Locale } from '../settings.ts'
import { addressOf } from './address.ts'
import { english } from './english.ts'
import { indonesian } from './indonesian.ts'
import type { Texts } from './texts.ts'

export const textsIn = (locale: Locale): Texts => (locale === 'en-EN' ? english : indonesian)

export const langOf = (locale: Locale): 'id' | 'en' => (locale === 'en-EN' ? 'en' : 'id')

/** The languages that a page can be read in, each with the address of this page in it. */
export const languagesOf = (request: FastifyRequest, locale: Locale) =>
  [['id', 'Bahasa Indonesia'] as const, ['en', 'English'] as const].map(([lang, name]) => ({
    lang,
    name,
    href: addressOf(request, { lang }),
    isShown: lang === langOf(locale),
  }))
