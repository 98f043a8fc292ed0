import { expect, it } from 'vitest';
import { birthdayTimes } from './birthday-event.js';

it.each([
  ['1970-11-24', '1970-11-24', 'FREQ=YEARLY'],
  ['--11-24', '2000-11-24', 'FREQ=YEARLY'],
  ['--02-29', '2000-02-29', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'],
])('the birthday %s begins on %s and comes by %s', (birthday, start, rule) =>
  expect(birthdayTimes(birthday)).toEqual({ start, rule }),
);

it.each(['1970-02-30', 'spring', '11-24', ''])('%j is no birthday', (text) =>
  expect(birthdayTimes(text)).toBeUndefined(),
);
