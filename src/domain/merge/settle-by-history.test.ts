import { describe, expect, it } from 'vitest';
import { mergeRecord } from './merge-record.js';

const opened = { at: '2026-11-20T09:00:00+01:00', by: 'anna', to: 'new' };
const moved = (hour: number, from: string, to: string, by = 'anna') => ({
  at: `2026-11-20T${hour}:00:00+01:00`,
  by,
  from,
  to,
});

function merged(ours: object, theirs: object) {
  const base = { data: { state: 'new', history: [opened] }, note: '' };
  const { ours: record, conflicts } = mergeRecord({
    base,
    ours: { data: { ...base.data, ...ours }, note: '' },
    theirs: { data: { ...base.data, ...theirs }, note: '' },
  });
  return { ...record.data, conflicts } as Record<string, unknown>;
}

describe('what two clones did to one case', () => {
  const answered = { state: 'open', history: [opened, moved(10, 'new', 'open')] };
  const joined = { state: 'merged', merged_into: 'x', history: [opened, moved(11, 'new', 'merged', 'dino')] };

  it('is settled by the later move; both stay in the history', () => {
    expect(merged(answered, joined)).toMatchObject({ state: 'merged', merged_into: 'x', conflicts: [] });
    expect(merged(joined, answered)).toMatchObject({ state: 'merged', conflicts: [] });
    const later = { ...answered, history: [opened, moved(12, 'new', 'open')] };
    const settled = merged(joined, later);
    expect(settled).toMatchObject({ state: 'open', conflicts: [] });
    expect(settled).not.toHaveProperty('merged_into');
    expect(settled.history).toHaveLength(3);
  });

  it('belongs to whom it was given last, or who took it last', () => {
    const given = {
      owner: 'dino',
      history: [opened, { ...moved(10, '', ''), owner: 'dino', to: undefined }],
    };
    const taken = {
      owner: 'carla',
      history: [opened, { at: '2026-11-20T11:00:00+01:00', by: 'carla', activity: 'accept' }],
    };
    expect(merged(given, taken)).toMatchObject({ owner: 'carla', conflicts: [] });
    expect(merged(taken, given)).toMatchObject({ owner: 'carla', conflicts: [] });
  });

  it('is asked where the history says nothing of it', () => {
    expect(merged({ priority: 'high' }, { priority: 'low' }).conflicts).toEqual(['priority']);
    expect(merged({ state: 'open' }, { state: 'rejected' }).conflicts).toEqual(['state']);
  });
});
