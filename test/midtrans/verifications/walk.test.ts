import { expect, test } from 'vitest'
import { simulate } from '../../../src/control/simulate.ts'
import { walk } from '../../../src/control/walk.ts'
import { link } from '../../../src/midtrans/accounts/operations.ts'
import { newSandbox } from '../world-of-a-test.ts'

// What goes wrong in a timer is logged, and no caller sees it.
test('a payer who would revoke the link, but was unlinked before, fails at nothing', async () => {
  const { sandbox, sent, failures } = newSandbox()
  const linking = sandbox.perform(link, { phone: '628215023424' })
  const id = 'account' in linking ? linking.account.id : ''
  walk(sandbox, { id, later: { after: '1d', does: 'unlink' } })
  simulate(sandbox, 'unlink', { id })
  await sandbox.time.advanceTo(sandbox.clock.now() + 2 * 86_400_000)
  expect(failures).toEqual([])
  expect(sent.map(({ account_status }) => account_status)).toEqual(['ENABLED', 'DISABLED'])
  await sandbox.close()
})
