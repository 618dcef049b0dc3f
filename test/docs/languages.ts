import { execFileSync } from 'node:child_process'

/** How a program in another language is looked at, where its runtime is there. */
export interface Language {
  readonly runtime: string
  /** What the program is called, where its page does not say so. */
  readonly file: string
  readonly run: (file: string) => string
  /** Says what is wrong with its syntax, where the library is not there. */
  readonly check: (file: string) => string
  readonly libraries: readonly Library[]
  /** Makes a program of a piece of one. */
  readonly complete?: (text: string) => string
}

interface Library {
  readonly name: string
  /** What a program that needs it says. */
  readonly used: RegExp
  /** Fails where it is not installed. */
  readonly probe: string
}

/** JavaScript that is run by node itself; `runnerOf` knows the others. */
export const scripts: Readonly<Record<string, string>> = {
  js: 'mjs',
  mjs: 'mjs',
  javascript: 'mjs',
  ts: 'ts',
  typescript: 'ts',
}

export const languages: Readonly<Record<string, Language>> = {
  php: {
    runtime: 'php',
    file: 'program.php',
    run: (file) => `php ${file}`,
    check: (file) => `php -l ${file}`,
    libraries: [
      { name: 'midtrans-php', used: /\bMidtrans\\|vendor\/autoload/, probe: 'test -f vendor/autoload.php' },
      { name: 'testcontainers', used: /\bTestcontainers\\/, probe: 'false' },
      { name: 'php-curl', used: /\bcurl_init\b/, probe: 'php -m | grep -qx curl' },
    ],
  },
  python: {
    runtime: 'python3',
    file: 'program.py',
    run: (file) => `python3 ${file}`,
    check: (file) => `python3 -m py_compile ${file}`,
    libraries: [
      { name: 'midtransclient', used: /\bmidtransclient\b/, probe: 'python3 -c "import midtransclient"' },
      { name: 'requests', used: /\bimport requests\b/, probe: 'python3 -c "import requests"' },
      { name: 'testcontainers', used: /\btestcontainers\b/, probe: 'python3 -c "import testcontainers"' },
    ],
  },
  ruby: {
    runtime: 'ruby',
    file: 'program.rb',
    run: (file) => `ruby ${file}`,
    check: (file) => `ruby -c ${file}`,
    libraries: [
      { name: 'veritrans', used: /require ['"](veritrans|midtrans)/, probe: 'ruby -e "require %q(veritrans)"' },
    ],
  },
  go: {
    runtime: 'go',
    file: 'program.go',
    run: (file) => `GO111MODULE=off go run ${file}`,
    check: (file) => `gofmt -l -e ${file} >/dev/null`,
    libraries: [{ name: 'a module from github.com', used: /"github\.com\//, probe: 'false' }],
    complete: (text) => (text.includes('func main()') ? text : `${text}\nfunc main() {}\n`),
  },
  java: {
    runtime: 'javac',
    file: 'Program.java',
    run: (file) => `java ${file}`,
    check: (file) => `javac -XDshould-stop.ifNoError=PARSE ${file}`,
    libraries: [{ name: 'a library from Maven', used: /^import (static )?(com|org|io)\./m, probe: 'false' }],
    complete: (text) => (/\b(class|interface|record) \w+/.test(text) ? text : asJavaProgram(text)),
  },
}

function asJavaProgram(text: string): string {
  const [imports, statements] = [/^import .*;$/gm, /^(?!import ).*$/gm].map(
    (form) => text.match(form)?.join('\n') ?? '',
  )
  return `${imports}\nclass Program { public static void main(String[] args) throws Exception {\n${statements}\n} }`
}

const found = new Map<string, boolean>()

/** Whether a program is installed on this machine. */
export function isInstalled(program: string): boolean {
  const known = found.get(program)
  if (known !== undefined) return known
  let is = true
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
  } catch {
    is = false
  }
  found.set(program, is)
  return is
}

/** How a file of JavaScript is run: by node, or by the test runner that it is written for; with nothing where that is not there. */
export function runnerOf(text: string, file: string): { readonly run: string; readonly needs?: string } {
  const imports = Array.from(text.matchAll(/\bfrom ['"]([^'"]+)['"]/g), ([, name = '']) => name)
  if (imports.some((name) => name === 'vitest' || name === 'midtrans-emulator/testkit/vitest')) {
    return { run: `vitest run --root . ${file}` }
  }
  const missing = imports.find((name) => absent.has(name))
  if (missing !== undefined) return { run: '', needs: absent.get(missing) ?? missing }
  return { run: `node ${imports.includes('node:test') ? '--test ' : ''}${file}` }
}

/** What pages import and our tests do not have, and what it needs. */
const absent: ReadonlyMap<string, string> = new Map([
  ['testcontainers', 'a container engine'],
  ['midtrans-emulator/testcontainers', 'a container engine'],
])
