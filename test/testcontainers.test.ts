import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { MidtransEmulatorContainer } from '../src/testkit/testcontainers.ts'

/** What Testcontainers would ask Docker for. */
class Shown extends MidtransEmulatorContainer {
  get wish() {
    return {
      image: this.imageName.string,
      flags: this.createOpts.Cmd,
      ports: this.exposedPorts,
      folders: this.directoriesToCopy,
    }
  }

  get consumer() {
    return this.logConsumer
  }
}

test('a container is asked for with its settings as flags, its port, and a folder of scenarios', () => {
  const container = new Shown('midtrans-emulator:0.1.0')
    .withSettings({ 'payment-notification-url': 'http://host.testcontainers.internal:3000/', 'admin-token': 'sesame' })
    .withServerKey('SB-Mid-server-one')
    .withServerKey('SB-Mid-server-two')
    .withScenario('link-happy')
    .withScenarios('/stories')
  expect(container.wish).toEqual({
    image: 'midtrans-emulator:0.1.0',
    flags: [
      '--payment-notification-url=http://host.testcontainers.internal:3000/',
      '--admin-token=sesame',
      '--server-keys=SB-Mid-server-one,SB-Mid-server-two',
      '--scenario=link-happy',
    ],
    ports: [8765],
    folders: [{ source: '/stories', target: '/scenarios' }],
  })
})

test('an image without a tag is that of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const imageOf = (image: string) => new Shown(image).wish.image
  expect(imageOf('midtrans-emulator')).toBe(`midtrans-emulator:${version}`)
  expect(imageOf('localhost:5000/midtrans-emulator')).toBe(`localhost:5000/midtrans-emulator:${version}`)
  expect(imageOf('ghcr.io/shop/midtrans-emulator:latest')).toBe('ghcr.io/shop/midtrans-emulator:latest')
})

test('whoever listens to what the container says hears it as well', () => {
  const heard: string[] = []
  const container = new Shown('midtrans-emulator').withLogConsumer((stream) => {
    stream.on('data', (data) => heard.push(String(data)))
  })
  const stream = new PassThrough()
  container.consumer?.(stream)
  stream.write('midtrans-emulator: found the unknown variable')
  stream.resume()
  expect(heard).toEqual(['midtrans-emulator: found the unknown variable'])
})
