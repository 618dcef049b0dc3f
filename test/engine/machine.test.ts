import { expect, test } from 'vitest'
import { machine } from '../../src/engine/machine.ts'

const door = machine<'open' | 'shut' | 'bricked up', 'push' | 'pull' | 'wall'>({
  open: { pull: 'shut', push: 'open' },
  shut: { push: 'open', wall: 'bricked up' },
  'bricked up': {},
})

test('an event leads to the status that the table gives', () => {
  expect([door.next('open', 'pull'), door.next('open', 'push'), door.next('shut', 'wall')]).toEqual([
    'shut',
    'open',
    'bricked up',
  ])
})

test('what does not stand in the table cannot happen', () => {
  expect(door.next('open', 'wall')).toBeUndefined()
  expect(door.next('shut', 'pull')).toBeUndefined()
  expect(door.next('bricked up', 'push')).toBeUndefined()
})

test('a status is final when nothing can follow', () => {
  expect([door.isFinal('open'), door.isFinal('shut'), door.isFinal('bricked up')]).toEqual([false, false, true])
})
