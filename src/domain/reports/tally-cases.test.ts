import { describe, expect, it } from 'vitest';
import { type CountedCase, tallyCases } from './tally-cases.js';

const kase = (some: Partial<CountedCase>): CountedCase => ({
  ...{ owner: null, office: null, state: 'new', type: null, priority: 'normal', channel: null },
  ...{ due_at: null, due_for: null, overdue: false, age_hours: 1, ...some },
});

describe('open cases by a key', () => {
  it('come from the most to the fewest, with the oldest and the late ones', () => {
    const cases = [
      kase({ owner: 'luca' }),
      kase({ owner: 'anna', age_hours: 5 }),
      kase({ owner: 'anna', age_hours: 50, overdue: true }),
      kase({}),
    ];
    expect(tallyCases(cases, 'owner')).toEqual([
      { group: 'anna', open: 2, overdue: 1, oldest_hours: 50 },
      { group: 'luca', open: 1, overdue: 0, oldest_hours: 1 },
      { group: null, open: 1, overdue: 0, oldest_hours: 1 },
    ]);
  });

  it('by age come from the youngest to the oldest', () => {
    const ages = [5000, 24, 24.1, 72, 168, 720, 2160, 2160.1, 0].map((age_hours) => kase({ age_hours }));
    expect(tallyCases(ages, 'age').map(({ group, open }) => [group, open])).toEqual([
      ['up to 1 day', 2],
      ['up to 3 days', 2],
      ['up to a week', 1],
      ['up to 30 days', 1],
      ['up to 90 days', 1],
      ['more than 90 days', 2],
    ]);
  });

  it('by the deadline that comes next', () => {
    const cases = [kase({ due_for: 'resolution' }), kase({})];
    expect(tallyCases(cases, 'deadline').map(({ group }) => group)).toEqual(['none', 'resolution']);
    expect(tallyCases([], 'deadline')).toEqual([]);
  });
});
