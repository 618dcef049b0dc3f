import { beforeEach, inject } from 'vitest'

beforeEach(({ skip }) => skip(inject('browser') === '', 'no browser is wanted'))
