import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ChosenFault, faultForms, latencyMs, parseFault } from '../../engine/scenarios/fault.ts'
import { seededNumber } from '../../engine/seed.ts'
import { pause } from '../../engine/time/pause.ts'
import { GatewayError, invalid } from '../errors.ts'
import { sendJson } from '../merchant-api/answer.ts'
import type { Dialect } from '../merchant-api/dialect.ts'
import { headerText } from '../merchant-api/headers.ts'
import { numberSeed } from '../settings.ts'
import type { SandboxDoor } from '../world.ts'
import { requestFacts } from './request-facts.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What shall break this request. */
    fault: ChosenFault | undefined
  }
}

/** Pieces of a body that trickles. */
const pieces = 10

/**
 * Breaks the transport of requests as rules and X-Emulator-Fault want it: before the step, so that nothing has happened,
 * or after it, so that only the answer is missing, and GET status tells the truth.
 */
export function faults(app: FastifyInstance, dialect: Dialect): void {
  app.decorateRequest('fault', undefined)

  app.addHook('preValidation', async (request, reply) => {
    const { sandbox } = request
    if (!sandbox) return
    const fault = headerFault(request, sandbox) ?? sandbox.faultFor(() => requestFacts(request, sandbox))
    if (!fault) return
    request.fault = fault
    noteFault(request, reply, fault)
    if (fault.fault.moment === 'after') return
    if (fault.fault.kind === 'latency') {
      await wait(request, fault)
      // It may have been deleted meanwhile: then nothing is left to happen in.
      if (sandbox.isGone) throw new GatewayError('failure')
      return
    }
    if (fault.fault.kind === 'status')
      return sendJson(reply, fault.fault.status, statusBody(fault.fault.status, dialect))
    return sendJson(reply, 500, dialect.failure())
  })

  app.addHook('onSend', (request, reply, payload, done) => {
    const { fault } = request
    if (fault === undefined || isOver(fault)) return done(null, payload)
    breakAnswer(request, reply, String(payload ?? ''), { ...fault, dialect }).then(
      (broken) => done(null, broken),
      (error) => done(error),
    )
  })
}

/** Nothing is left to do for it when the answer leaves. */
const isOver = ({ fault: { kind, moment } }: ChosenFault) =>
  moment === 'before' && (kind === 'latency' || kind === 'status')

function headerFault({ headers, url }: FastifyRequest, { settings }: SandboxDoor): ChosenFault | undefined {
  const text = headerText(headers, 'x-emulator-fault')
  if (text === '') return undefined
  const fault = parseFault(text)
  if (!fault) throw invalid(`X-Emulator-Fault: found "${text}", expected ${faultForms}`)
  const seed = numberSeed(settings)
  return { fault, seed, random: (part) => seededNumber(seed, 'fault', url, part) }
}

/** A seed that is printed with a failure repeats it. */
function noteFault(request: FastifyRequest, reply: FastifyReply, { fault, rule, seed }: ChosenFault): void {
  request.marks.fault = `${fault.text}; seed ${seed}${rule === undefined ? '' : `; ${rule}`}`
  if (request.sandbox?.settings.emulatorHeaders === 'on')
    reply.header('x-emulator-fault', `${fault.text}; seed=${seed}`)
}

interface BreakingFault extends ChosenFault {
  readonly dialect: Dialect
}

async function breakAnswer(request: FastifyRequest, reply: FastifyReply, body: string, fault: BreakingFault) {
  const { fault: breakage } = fault
  const { socket } = request.raw
  switch (breakage.kind) {
    case 'latency':
      await wait(request, fault)
      return body
    case 'status':
      reply.code(breakage.status)
      return JSON.stringify(statusBody(breakage.status, fault.dialect))
    case 'reset':
      socket.resetAndDestroy()
      return body
    case 'empty':
      socket.destroy()
      return body
    case 'garbage':
      return garbage(body.length, fault)
    case 'cut': {
      reply.header('content-length', Buffer.byteLength(body))
      const kept = body.slice(0, breakage.characters ?? body.length / 2)
      return Readable.from(cutOff(kept, () => socket.destroy()))
    }
    case 'trickle':
      reply.header('content-length', Buffer.byteLength(body))
      return Readable.from(trickling(Buffer.from(body), breakage.ms, socket))
  }
}

async function wait({ raw: { socket } }: FastifyRequest, { fault, random }: ChosenFault): Promise<void> {
  if (fault.kind === 'latency') await pauseWhileOpen(socket, latencyMs(fault.latency, random(1), random(2)))
}

/** Nobody waits for a client that has gone away. */
async function pauseWhileOpen(socket: FastifyRequest['socket'], ms: number): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort()
  socket.once('close', leave)
  try {
    if (!socket.destroyed) await pause(ms, gone.signal)
  } finally {
    socket.off('close', leave)
  }
}

async function* cutOff(kept: string, close: () => void) {
  yield Buffer.from(kept)
  // One turn later the piece is on its way.
  await pause(1)
  close()
}

async function* trickling(body: Buffer, ms: number, socket: FastifyRequest['socket']) {
  const size = Math.max(1, Math.ceil(body.length / pieces))
  for (let start = 0; start < body.length && !socket.destroyed; start += size) {
    if (start > 0) await pauseWhileOpen(socket, ms / (pieces - 1))
    yield body.subarray(start, start + size)
  }
}

/** Printable, so that a log can show it; never JSON, which does not begin with "}". */
const garbage = (length: number, { random }: ChosenFault): string =>
  `}${Array.from({ length }, (_, at) => String.fromCharCode(33 + Math.floor(random(at) * 94))).join('')}`

/** UNCERTAIN: what Midtrans's gateway answers with then; recorded is only the form of its 429 (facts.md, section 6). */
const statusBody = (status: number, { hasFailingGateway, failure }: Dialect) =>
  status === 500 && !hasFailingGateway ? failure() : { message: gatewayMessages[status] }

const gatewayMessages: Readonly<Record<number, string>> = {
  429: 'API rate limit exceeded',
  500: 'An unexpected error occurred',
  502: 'An invalid response was received from the upstream server',
  503: 'The upstream server is currently unavailable',
  504: 'The upstream server is timing out',
}
