import { midtransHosts } from '../midtrans/hosts.ts'

/** Files that settings of clients name. */
export interface ClientFiles {
  /** The certificate of our CA alone. */
  readonly authority: string
  /** Our CA and all public ones. */
  readonly bundle: string
  /** A folder with the ini file of PHP. */
  readonly folder: string
  readonly trustStore: string
}

/** What a client needs to trust the emulator, and to find it. */
export interface ClientSettings {
  /** Lines of a shell that have to run before. */
  readonly commands: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

type Trust = (files: ClientFiles) => Partial<ClientSettings>

/** Most settings replace the public CAs, so these clients get a file with all; Node.js and Java add ours to theirs. */
const trust = {
  node: ({ authority }) => ({ variables: { NODE_EXTRA_CA_CERTS: authority } }),
  // What -d curl.cainfo= says, for every PHP of this shell; the empty part stands for PHP's own folder.
  php: ({ folder }) => ({ variables: { PHP_INI_SCAN_DIR: `:${folder}` } }),
  go: ({ bundle }) => ({
    variables: { SSL_CERT_FILE: bundle },
    notes: ['On macOS and Windows Go asks the system instead: add ca.pem to its certificates'],
  }),
  python: ({ bundle }) => ({ variables: { REQUESTS_CA_BUNDLE: bundle } }),
  java: ({ authority, trustStore }) => ({
    commands: [
      `cp -f "$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')/lib/security/cacerts" ${quoted(trustStore)}`,
      `chmod 600 ${quoted(trustStore)}`,
      `keytool -importcert -noprompt -alias midtrans-emulator -file ${quoted(authority)} -keystore ${quoted(trustStore)} -storepass changeit`,
    ],
    variables: {
      // Java splits it at spaces, but for those in quotes.
      JAVA_TOOL_OPTIONS: `"-Djavax.net.ssl.trustStore=${trustStore}" -Djavax.net.ssl.trustStorePassword=changeit`,
    },
  }),
  ruby: ({ bundle }) => ({ variables: { SSL_CERT_FILE: bundle } }),
} as const satisfies Readonly<Record<string, Trust>>

export type Client = keyof typeof trust

// Object.keys forgets what the keys are.
export const clients = Object.keys(trust) as readonly Client[]

/** How a client is made to reach the emulator: by a proxy at this address; undefined: by its names. */
export function settingsOf(client: Client, files: ClientFiles, proxy: URL | undefined): ClientSettings {
  const { commands = [], variables = {}, notes = [] }: Partial<ClientSettings> = trust[client](files)
  if (proxy === undefined) {
    const found = `Expected on this machine: the emulator on port 443, and in the hosts file 127.0.0.1 ${midtransHosts.join(' ')}`
    return { commands, variables, notes: [...notes, found] }
  }
  const refused =
    "All HTTPS of this shell's programs goes to the emulator, which refuses what is not Midtrans's; else --hosts"
  return { commands, variables: withProxy(client, variables, proxy), notes: [...notes, refused] }
}

function withProxy(client: Client, variables: ClientSettings['variables'], { origin, hostname, port }: URL) {
  // Programs differ in which of the two they read.
  if (client !== 'java') return { ...variables, HTTPS_PROXY: origin, https_proxy: origin }
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      `${value} -Dhttps.proxyHost=${hostname} -Dhttps.proxyPort=${port || '80'}`,
    ]),
  )
}

/** Lines for `eval`. */
export const shellLines = ({ commands, variables, notes }: ClientSettings): string[] => [
  ...commands,
  ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
  ...notes.map((note) => `# ${note}`),
]

/** As one word of a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
