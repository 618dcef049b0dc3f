import { curlOf } from './copies/curl.ts'

interface Place {
  readonly origin: string
  readonly serverKey: string
}

/** snap.js, as a page of the shop loads it; its token is from POST /snap/v1/transactions. */
export const snapClient = (origin: string, clientKey: string): Client => ({
  id: 'snap-js',
  title: 'snap.js, in a page of your shop',
  about: 'It takes the client key. The token comes from your backend: POST /snap/v1/transactions.',
  code: `<script src="${origin}/snap/snap.js" data-client-key="${clientKey}"></script>
<script>
  snap.pay(token, { onSuccess: (result) => console.log(result.order_id, result.transaction_status) })
</script>`,
})

/** One way to reach the emulator, ready to be copied. */
export interface Client {
  readonly id: string
  readonly title: string
  /** What has to be done, where it is more than to set an address. */
  readonly about?: string
  readonly code: string
}

/** The official clients, each with the address and the key filled in. */
export const clients = (place: Place): readonly Client[] => [
  { id: 'curl', title: 'curl', code: curl(place) },
  { id: 'node', title: 'Node.js (midtrans-client)', about: 'One line sets the address.', code: node(place) },
  { id: 'php', title: 'PHP (midtrans/midtrans-php)', about: phpAbout, code: php(place) },
  { id: 'go', title: 'Go (midtrans-go)', about: goAbout, code: go(place) },
  { id: 'python', title: 'Python (midtransclient)', about: 'One line sets the address.', code: python(place) },
  { id: 'java', title: 'Java (com.midtrans:java-library)', about: javaAbout, code: java(place) },
  { id: 'ruby', title: 'Ruby (veritrans)', about: 'It has a setting for the address.', code: ruby(place) },
]

function curl({ origin, serverKey }: Place): string {
  const partner = { phone_number: '8215023424', country_code: '62', redirect_url: 'https://example.com/linked' }
  const body = { payment_type: 'gopay', gopay_partner: partner }
  return curlOf({ method: 'POST', path: '/v2/pay/account', body }, serverKey, origin)
}

const node = ({ origin, serverKey }: Place) => `import midtransClient from 'midtrans-client'
import ApiConfig from 'midtrans-client/lib/apiConfig.js'

ApiConfig.CORE_SANDBOX_BASE_URL = ${quoted(origin)}
const core = new midtransClient.CoreApi({ isProduction: false, serverKey: ${quoted(serverKey)} })`

const phpAbout =
  'The address is a constant, so the installed client has to be patched: once after each composer install, and in tests only.'
const php = ({
  origin,
  serverKey,
}: Place) => `sed -i 's#https://api.sandbox.midtrans.com#${origin}#' vendor/midtrans/midtrans-php/Midtrans/Config.php

// Then, as always:
\\Midtrans\\Config::$isProduction = false;
\\Midtrans\\Config::$serverKey = ${quoted(serverKey)};`

const goAbout = 'The address is fixed, but its HTTP client is not: a transport of your own leads elsewhere. No patch.'
const go = ({ origin, serverKey }: Place) => `type toEmulator struct{}

func (toEmulator) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host, request.Host = ${JSON.stringify(schemeOf(origin))}, ${JSON.stringify(hostOf(origin))}, ""
	return http.DefaultTransport.RoundTrip(request)
}

midtrans.DefaultGoHttpClient.Transport = toEmulator{}
var core coreapi.Client
core.New(${JSON.stringify(serverKey)}, midtrans.Sandbox)`

const python = ({ origin, serverKey }: Place) => `import midtransclient
from midtransclient.config import ApiConfig

ApiConfig.CORE_SANDBOX_BASE_URL = ${quoted(origin)}
core = midtransclient.CoreApi(is_production=False, server_key=${quoted(serverKey)})`

const javaAbout =
  'The address is a constant, but a Config of your own can name another one. Calls without a Config still go to Midtrans.'
const java = ({ origin, serverKey }: Place) => `Config config = new Config(${JSON.stringify(serverKey)}, "", false) {
    @Override
    public String getCoreApiURL() {
        return ${JSON.stringify(`${origin}/`)};
    }
};
var core = new ConfigFactory(config).getCoreApi();`

const ruby = ({ origin, serverKey }: Place) => `require 'veritrans'

midtrans = Midtrans.new(server_key: ${quoted(serverKey)}, api_host: ${quoted(origin)})`

/** A text in the languages that have single quotes for it. */
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

const schemeOf = (origin: string) => origin.split('://')[0]
const hostOf = (origin: string) => origin.split('://')[1]
