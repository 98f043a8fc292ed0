import { describe, expect, it } from 'vitest';
import { caseEvents, endedAt } from './events.js';

const opened_at = '2026-10-01T09:00:00+02:00';
const at = (hour: number) => `2026-10-01T${String(hour).padStart(2, '0')}:00:00+02:00`;

describe('what happened to a case', () => {
  it('is told by its history', () => {
    const history = [
      { at: opened_at, by: 'anna', to: 'new' },
      { at: at(10), by: 'boss', owner: 'dino' },
      { at: at(11), by: 'dino', from: 'new', to: 'waiting_internal', asked: 'carla' },
      { at: at(12), by: 'dino', activity: 'escalate', level: '2' },
      { at: at(13), by: 'dino', from: 'waiting_internal', to: 'resolved' },
      { at: at(14), by: 'dino', from: 'resolved', to: 'closed' },
      { at: at(15), by: 'anna', from: 'closed', to: 'open' },
      { at: at(16), by: 'dino', from: 'open', to: 'closed' },
    ];
    expect(caseEvents({ opened_at, history }).map(({ kind, by, to }) => [kind, by, to])).toEqual([
      ['opened', 'anna', 'new'],
      ['handed_over', 'boss', 'dino'],
      ['asked', 'dino', 'carla'],
      ['moved', 'dino', 'waiting_internal'],
      ['ended', 'dino', 'resolved'],
      ['moved', 'dino', 'closed'],
      ['reopened', 'anna', 'open'],
      ['ended', 'dino', 'closed'],
    ]);
    expect(endedAt({ opened_at, history })).toBe(Date.parse(at(16)));
  });

  it('is told in the order of time, whatever that of the entries', () => {
    const history = [
      { at: at(13), by: 'dino', to: 'resolved' },
      { at: opened_at, by: 'anna', to: 'new' },
    ];
    expect(caseEvents({ opened_at, history }).map(({ kind }) => kind)).toEqual(['opened', 'ended']);
  });

  it('is that it was opened, where the history says nothing or is broken', () => {
    for (const history of [undefined, [], 'soon', [null, 7, { at: 'soon', to: 'closed' }]]) {
      const kase = { opened_at, history: history as never };
      expect(caseEvents(kase)).toEqual([{ kind: 'opened', at: Date.parse(opened_at), by: null, to: 'new' }]);
      expect(endedAt(kase)).toBe(Date.parse(opened_at));
    }
  });
});
