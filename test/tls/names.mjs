// For `node --import`: what a hosts file or a Compose alias does. Midtrans's names lead to the port in EMULATOR_PORT.
import { Socket } from 'node:net'

const { connect } = Socket.prototype
Socket.prototype.connect = function (options, ...rest) {
  const isMidtrans = /\.midtrans\.com$/.test(options?.host ?? '')
  const led = isMidtrans ? { ...options, host: '127.0.0.1', port: Number(process.env.EMULATOR_PORT) } : options
  return connect.call(this, led, ...rest)
}
