import type { FastifyRequest } from 'fastify'

/** What a page that waits adds to its address when it asks again. */
export const pollQuery = 'waiting'

/** A page that waits asks every other second: a tab that was left open would fill the journal. */
export const isPoll = ({ url }: FastifyRequest): boolean => url.endsWith(`?${pollQuery}`)
