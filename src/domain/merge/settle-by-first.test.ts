import { expect, it } from 'vitest';
import { mergeRecord } from './merge-record.js';

const task = (made_at: string, due: string) => ({
  data: { what: 'call Mario', made_at, due } as Record<string, unknown>,
  note: 'Ask him.',
});
const early = task('2026-11-20T10:00:00+01:00', '2026-11-21');
const late = task('2026-11-20T23:30:00Z', '2026-11-22');

it('of what two clones made by themselves, what was made first stands, on both sides', () => {
  for (const [ours, theirs] of [
    [early, late],
    [late, early],
  ] as const)
    expect(mergeRecord({ base: undefined, ours, theirs })).toMatchObject({
      ours: { data: early.data },
      conflicts: [],
    });
});

it('what was kept meanwhile stays kept', () => {
  const kept = { ...late, data: { ...late.data, kept_at: '2026-11-21T09:00:00Z' } };
  expect(mergeRecord({ base: undefined, ours: early, theirs: kept }).ours.data).toEqual({
    ...early.data,
    kept_at: '2026-11-21T09:00:00Z',
  });
});

it('what both sides had and changed differently is for a person to decide', () => {
  const base = task('2026-11-20T09:00:00+01:00', '2026-11-20');
  expect(mergeRecord({ base, ours: early, theirs: late }).conflicts).toEqual(['made_at', 'due']);
});
