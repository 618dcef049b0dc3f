import { Problem } from '../control/admin/problem.ts'
import { withoutSecrets } from '../midtrans/secrets.ts'
import { shownText } from './print.ts'

/** An error for the person at the command line: no key stands in it in full, and nothing that drives a terminal. */
export const explain = (error: unknown): string => shownText(withoutSecrets(reasonOf(error), ''))

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Problem) return [error.message, error.hint].filter(Boolean).join('. ')
  const { code, path } = error as NodeJS.ErrnoException
  const { port, address } = error as { port?: number; address?: string }
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use; choose another one with --port or MIDTRANS_EMULATOR_PORT`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `cannot listen on ${address ?? 'that address'}; choose another one with --host or MIDTRANS_EMULATOR_HOST`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
    case 'ENOSPC':
      if (path) return `cannot write to ${path} (${code}); choose another folder with --data or MIDTRANS_EMULATOR_DATA`
      return port === undefined ? error.message : `may not listen on port ${port}; choose one above 1023 with --port`
    default:
      return error.message
  }
}
