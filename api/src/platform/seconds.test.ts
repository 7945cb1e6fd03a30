import { expect, it } from 'vitest';
import { inSeconds } from './seconds.ts';

it('says one second of one alone', () => {
  expect([0, 1, 2, 90].map(inSeconds)).toEqual(['0 seconds', '1 second', '2 seconds', '90 seconds']);
});
