import { execFileSync } from 'node:child_process'

/** How a program in another language is looked at, where its runtime is there. */
export interface Language {
  readonly runtime: string
  /** What the program is called, where its page does not say so. */
  readonly file: string
  readonly run: (file: string) => string
  /** Says what is wrong with its syntax, where the library is not there. */
  readonly check: (file: string) => string
  /** A library that it needs, and a line that fails where that is not installed. */
  readonly libraries: readonly (readonly [used: RegExp, probe: string])[]
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
      [/\bMidtrans\\|\\Midtrans\b|vendor\/autoload/, 'test -f vendor/autoload.php'],
      [/\bcurl_init\b/, 'php -m | grep -qx curl'],
    ],
  },
  python: {
    runtime: 'python3',
    file: 'program.py',
    run: (file) => `python3 ${file}`,
    check: (file) => `python3 -m py_compile ${file}`,
    libraries: [
      [/\bmidtransclient\b/, 'python3 -c "import midtransclient"'],
      [/\bimport requests\b/, 'python3 -c "import requests"'],
      [/\btestcontainers\b/, 'python3 -c "import testcontainers"'],
    ],
  },
  ruby: {
    runtime: 'ruby',
    file: 'program.rb',
    run: (file) => `ruby ${file}`,
    check: (file) => `ruby -c ${file}`,
    libraries: [[/require ['"](veritrans|midtrans)/, 'ruby -e "require %q(veritrans)"']],
  },
  go: {
    runtime: 'go',
    file: 'program.go',
    run: (file) => `GO111MODULE=off go run ${file}`,
    check: (file) => `gofmt -l -e ${file} >/dev/null`,
    libraries: [
      [/"github\.com\//, 'false'],
      [/_test\b|\btesting\.T\b/, 'false'],
    ],
  },
  java: {
    runtime: 'javac',
    file: 'Program.java',
    run: (file) => `java ${file}`,
    // Names of a library that is not there are no fault of the syntax, and come only once the syntax is right.
    check: (file) =>
      `! javac -d .docs/classes ${file} 2>&1 | grep -E ': error: ' | grep -vE 'does not exist|cannot find symbol|static import only'`,
    libraries: [[/import (static )?(com|org|io)\./, 'false']],
  },
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
  if (/from '(vitest|midtrans-emulator\/testkit\/vitest)'/.test(text)) return { run: `vitest run --root . ${file}` }
  if (/from '@playwright\/test'/.test(text)) return { run: '', needs: '@playwright/test' }
  if (/from '@jest\/globals'/.test(text)) return { run: '', needs: 'jest' }
  if (/from 'testcontainers'|testkit\/testcontainers|midtrans-emulator\/testcontainers/.test(text)) {
    return { run: '', needs: 'a container engine' }
  }
  if (/from 'node:test'/.test(text)) return { run: `node --test ${file}` }
  return { run: `node ${file}` }
}
