/**
 * `docker run` of our image starts the page's emulator with the same variables and arguments, so that the command's
 * settings are checked; folders of the container become those of this machine. All else is only looked at.
 */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const withValue =
  /^(-[epvuwlm]|--(env|publish|volume|user|name|network|network-alias|add-host|hostname|env-file|label|tmpfs|mount|platform|entrypoint|stop-timeout|memory|cpus|pull|cap-drop|cap-add|security-opt))$/
const known = ['run', 'build', 'compose', 'logs', 'stop', 'rm', 'exec', 'pull', 'inspect', 'ps', 'cp', 'buildx']

const [verb = '', ...args] = process.argv.slice(2)
if (!known.includes(verb)) fail(`docker ${verb}: expected ${known.join(', ')}`)
if (verb === 'run') process.exitCode = run(args)
else console.log(`docker ${verb} ${args.join(' ')}: not run in this test`)

function run(given: string[]): number {
  const env: Record<string, string> = {}
  const volumes: [host: string, inside: string][] = []
  let at = 0
  for (; given[at]?.startsWith('-'); at++) {
    const [flag = '', ...inline] = given[at]?.startsWith('--') ? (given[at]?.split('=') ?? []) : [given[at] ?? '']
    const value = inline.length > 0 ? inline.join('=') : withValue.test(flag) ? (given[++at] ?? '') : ''
    if (flag === '-e' || flag === '--env') {
      const [name = '', ...rest] = value.split('=')
      env[name] = rest.join('=')
    }
    const [host = '', inside = ''] = value.split(':')
    if (flag === '-v' || flag === '--volume') volumes.push([resolve(host), inside])
  }
  const image = given[at] ?? ''
  if (!/(^|\/)midtrans-emulator(:[\w.-]+)?$/.test(image)) fail(`docker run: found the image "${image}", expected ours`)
  const here = (text: string) =>
    volumes.reduce((now, [host, inside]) => (now.startsWith(inside) ? host + now.slice(inside.length) : now), text)
  const { status } = spawnSync(
    fileURLToPath(new URL('midtrans-emulator', import.meta.url)),
    given.slice(at + 1).map(here),
    {
      stdio: 'inherit',
      env: { ...process.env, ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])) },
    },
  )
  return status ?? 1
}

function fail(why: string): never {
  console.error(why)
  process.exit(1)
}
