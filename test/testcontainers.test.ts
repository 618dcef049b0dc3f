import { expect, test } from 'vitest'
import { MidtransEmulatorContainer } from '../src/testkit/testcontainers.ts'

/** What Testcontainers would ask Docker for. */
class Shown extends MidtransEmulatorContainer {
  get wish() {
    return {
      image: this.imageName.string,
      variables: this.environment,
      ports: this.exposedPorts,
      folders: this.directoriesToCopy,
    }
  }
}

test('a container is asked for with its settings as variables, its port, and a folder of scenarios', () => {
  const container = new Shown('midtrans-emulator:0.1.0')
    .withSettings({ 'payment-notification-url': 'http://host.testcontainers.internal:3000/', 'admin-token': 'sesame' })
    .withScenario('link-happy')
    .withScenarios('/stories')
  expect(container.wish).toEqual({
    image: 'midtrans-emulator:0.1.0',
    variables: {
      MIDTRANS_EMULATOR_PAYMENT_NOTIFICATION_URL: 'http://host.testcontainers.internal:3000/',
      MIDTRANS_EMULATOR_ADMIN_TOKEN: 'sesame',
      MIDTRANS_EMULATOR_SCENARIO: 'link-happy',
    },
    ports: [8765],
    folders: [{ source: '/stories', target: '/scenarios' }],
  })
})
