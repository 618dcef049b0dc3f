/**
 * Runs the programs of docs/clients as their readers would: `npm run recipes -- php python`. Takes each out of its page,
 * installs the client in a temporary folder, and runs it below `midtrans-emulator exec --tls`, unchanged, by the proxy.
 * `--in FOLDER` takes a folder where the client is installed already. Ends with 1 where a program prints something else.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

interface Recipe {
  readonly file: string
  /** Lines of a shell, in an empty folder. */
  readonly install: string
  readonly run: string
}

const root = fileURLToPath(new URL('../', import.meta.url))
const command = `node ${root}src/cli.ts`

const recipes: Readonly<Record<string, Recipe>> = {
  node: { file: 'program.mjs', install: 'npm init -y && npm install midtrans-client', run: 'node program.mjs' },
  php: { file: 'program.php', install: 'composer require midtrans/midtrans-php', run: 'php program.php' },
  python: {
    file: 'program.py',
    install: 'python3 -m venv venv && venv/bin/pip install midtransclient',
    run: 'if [ -d venv ]; then venv/bin/python program.py; else python3 program.py; fi',
  },
  go: {
    file: 'program.go',
    install: 'go mod init recipe && go get github.com/midtrans/midtrans-go && go build -o program .',
    run: './program',
  },
  ruby: {
    file: 'program.rb',
    install: 'gem install --install-dir gems veritrans',
    run: 'GEM_PATH=gems ruby program.rb',
  },
  java: {
    file: 'Program.java',
    install: 'mvn -q dependency:copy-dependencies -DoutputDirectory=lib',
    run: `eval "$(${command} env java)" && java -cp 'lib/*' Program.java`,
  },
}

/** Maven asks for a project. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>recipe</groupId><artifactId>recipe</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>com.midtrans</groupId><artifactId>java-library</artifactId><version>[3.2,4)</version>
  </dependency></dependencies>
</project>
`

const { values, positionals } = parseArgs({ allowPositionals: true, options: { in: { type: 'string' } } })
const names = positionals.length > 0 ? positionals : Object.keys(recipes)
for (const name of names) {
  const recipe = recipes[name]
  if (!recipe) throw new Error(`found "${name}", expected ${Object.keys(recipes).join(', ')}`)
  const printed = follow(name, recipe, values.in)
  const isRight = printed.startsWith('settlement')
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}: ${printed.trim()}`)
  if (!isRight) process.exitCode = 1
}

/** What the program prints, or what went wrong before. */
function follow(name: string, { file, install, run }: Recipe, folder: string | undefined): string {
  const where = folder === undefined ? mkdtempSync(join(tmpdir(), `recipe-${name}-`)) : resolve(folder)
  try {
    writeFileSync(join(where, file), programOf(name))
    if (folder === undefined) {
      if (name === 'java') writeFileSync(join(where, 'pom.xml'), pom)
      const { status, output } = shell(install, where)
      if (status !== 0) return `cannot be installed: ${output}`
    }
    return shell(`${command} exec --tls --payer-mode headless -- sh -c '${run.replaceAll("'", "'\\''")}'`, where).output
  } finally {
    if (folder === undefined) rmSync(where, { recursive: true, force: true })
  }
}

function shell(line: string, cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, encoding: 'utf8' })
  return { status, output: status === 0 ? stdout : `${stdout}${stderr}`.slice(-1_000) }
}

/** The program of a page: the block that charges. */
function programOf(name: string): string {
  const page = readFileSync(`${root}docs/clients/${name}.md`, 'utf8')
  const blocks = Array.from(page.matchAll(/^```\w+\n(.*?)^```$/gms), ([, text = '']) => text)
  return blocks.find((text) => text.includes(`order-${name}`)) ?? ''
}
