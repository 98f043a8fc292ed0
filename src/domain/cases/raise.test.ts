import { describe, expect, it } from 'vitest';
import type { Case } from './case.js';
import { escalationsDue } from './escalation.js';
import { processSchema } from './process.js';
import { raiseCase } from './raise.js';

const process = processSchema.parse({
  type: 'complaint',
  escalation: [
    { level: '1', signal: 'capitals', notify: 'owner', priority: 'high' },
    { level: '2', signal: 'repeated_contact', notify: 'reports_to' },
    { level: '3', signal: 'press', notify: 'boss', priority: 'urgent' },
  ],
});
const config = { id: 'w', members: { anna: { name: 'Anna', reports_to: 'boss' }, boss: { name: 'Boss' } } };
const at = Date.parse('2026-11-20T09:00:00Z');
const plan = (some: Partial<Case>, signals: object, before = 0, now = at) => {
  const data = {
    title: 'x',
    state: 'new',
    opened_at: '2026-11-20T09:00:00Z',
    owner: 'anna',
    ...some,
  } as Case;
  const said = { ref: 'm', at, direction: 'inbound', channel: 'email', by: null, outcome: null };
  const interactions = [...Array.from({ length: before }, () => said), { ...said, signals }];
  const world = { now, timeZone: 'Europe/Rome', calendars: new Map() };
  const due = escalationsDue({ data, merged: [], interactions }, process, [], [], world);
  return raiseCase({ id: 'c', data }, due, config as never, world.timeZone);
};

describe('what a message does to its case by itself', () => {
  it('is by the process, each step with whom it tells and why', () => {
    expect(plan({}, { press: 'speaks of the press', lawyer: 'x' })).toMatchObject({
      entries: [
        {
          at: '2026-11-20T10:00:00+01:00',
          by: 'itaca',
          activity: 'escalate',
          level: '3',
          notify: 'boss',
          why: 'speaks of the press',
        },
      ],
      told: [['boss']],
      set: { priority: 'urgent' },
    });
    expect(plan({}, {}, 2)).toMatchObject({ entries: [{ level: '2', notify: 'boss' }], set: {} });
    expect(plan({}, {})).toEqual({ entries: [], told: [], set: {} });
  });

  it('gives the highest priority named, and takes none away', () => {
    const both = { capitals: 'a', press: 'b' };
    expect(plan({}, both).set).toEqual({ priority: 'urgent' });
    expect(plan({}, { capitals: 'a' }).set).toEqual({ priority: 'high' });
    expect(plan({ priority: 'urgent' }, both).set).toEqual({});
  });

  it('is on record once, in every clone by the same id', () => {
    const { entries } = plan({}, { capitals: 'a', press: 'b' });
    expect(plan({}, { capitals: 'a', press: 'b' }).entries).toEqual(entries);
    const again = plan({ history: [entries[0] as never] }, { capitals: 'a', press: 'b' });
    expect(again.entries).toEqual(entries.slice(1));
  });

  it('is nothing for a case that is done', () => {
    expect(plan({ state: 'closed' }, { press: 'b' }).entries).toEqual([]);
  });
});
