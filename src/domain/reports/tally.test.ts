import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../cases/events.js';
import { tallyActivity } from './tally-activity.js';
import { tallyCauses } from './tally-causes.js';
import { tallyFlows } from './tally-flows.js';
import { tallyPersonal } from './tally-personal.js';
import { tallyPromises } from './tally-promises.js';
import { tallyWorkload } from './tally-workload.js';

const day = 24 * 3_600_000;
const period = { since: 100 * day, until: 114 * day };
const event = (kind: CaseEvent['kind'], at: number, by: string | null, to: string): CaseEvent => ({
  kind,
  at: at * day,
  by,
  to,
});

it('promises: what was made is what was kept, broken, open or cancelled', () => {
  const account = (state: 'kept' | 'broken' | 'open' | 'cancelled', late = false) => ({ state, late });
  expect(
    tallyPromises([
      account('kept'),
      account('kept', true),
      account('broken'),
      account('broken'),
      account('open'),
      account('cancelled'),
    ]),
  ).toEqual({
    made: 6,
    kept: 2,
    kept_late: 1,
    broken: 2,
    open: 1,
    cancelled: 1,
    share_kept: 0.5,
    share_in_time: 0.25,
  });
  expect(tallyPromises([account('open')])).toMatchObject({ share_kept: null, share_in_time: null });
});

it('workload: what came in and went out, in the period, of whom', () => {
  const cases = [
    {
      group: 'anna',
      open: true,
      overdue: true,
      events: [
        event('opened', 101, 'boss', 'new'),
        event('ended', 109, 'anna', 'resolved'),
        event('reopened', 110, 'x', 'open'),
      ],
    },
    { group: null, open: true, overdue: false, events: [event('opened', 99, null, 'new')] },
  ];
  const facts = {
    cases,
    promises: [
      { group: 'anna', overdue: false, minutes: 30 },
      { group: 'anna', overdue: true, minutes: 0 },
    ],
    deadlines: [
      { group: 'anna', at: period.until + day },
      { group: 'anna', at: period.until - 1 },
      { group: 'anna', at: period.until + 8 * day },
    ],
    contacts: [{ group: 'anna', inbound: 3, minutes: 45 }],
    names: ['anna', 'dino'],
  };
  const rows = tallyWorkload(facts, period, period.until);
  expect(rows.map(({ group }) => group)).toEqual(['anna', 'dino', null]);
  expect(rows[0]).toMatchObject({
    open_cases: 1,
    overdue_cases: 1,
    open_promises: 2,
    overdue_promises: 1,
    promised_minutes: 30,
    due_soon: 1,
    minutes: 45,
    arrivals: 2,
    completions: 1,
    arrivals_per_week: 1,
    completions_per_week: 0.5,
    inbound_per_week: 1.5,
    trend: [1, 1],
  });
  expect(rows[2]).toMatchObject({ open_cases: 1, arrivals: 0 });
});

it('flows: who makes work for whom, not for himself', () => {
  const events = [
    event('opened', 101, 'boss', 'new'),
    event('handed_over', 102, 'anna', 'dino'),
    event('asked', 103, 'dino', 'anna'),
    event('handed_over', 104, 'dino', 'dino'),
    event('handed_over', 99, 'anna', 'dino'),
  ];
  const self = (member: string | null) => member;
  expect(
    tallyFlows(
      [
        { owner: 'dino', events },
        { owner: 'dino', events: events.slice(0, 1) },
      ],
      period,
      self,
    ),
  ).toEqual([
    { from: 'boss', to: 'dino', opened: 2, handed_over: 0, asked: 0, total: 2 },
    { from: 'anna', to: 'dino', opened: 0, handed_over: 1, asked: 0, total: 1 },
    { from: 'dino', to: 'anna', opened: 0, handed_over: 0, asked: 1, total: 1 },
  ]);
  expect(tallyFlows([{ owner: 'dino', events }], period, () => 'club')).toEqual([]);
});

describe('causes', () => {
  const ended = (group: string | null, month: string, cost?: unknown) => ({
    ref: `${group}`,
    group,
    month,
    cost,
    confirmed: group === 'person',
    reopened: month === '2026-12',
  });
  it('are counted and their costs summed, the most frequent first', () => {
    const { groups, total } = tallyCauses(
      [
        ended('tool', '2026-10', { amount: '10.10', currency: 'EUR' }),
        ended('person', '2026-10', 'about ten'),
        ended('person', '2026-12', { amount: '5', currency: 'CHF' }),
        ended(null, '2026-11', '3'),
      ],
      ['2026-10', '2026-11', '2026-12'],
    );
    expect(groups.map(({ group, share, trend }) => [group, share, trend])).toEqual([
      ['person', 0.5, [1, 0, 1]],
      ['tool', 0.25, [1, 0, 0]],
      [null, 0.25, [0, 1, 0]],
    ]);
    expect(total).toMatchObject({
      confirmed: 2,
      reopened: 1,
      cases: 4,
      costs: { '': '3', CHF: '5', EUR: '10.10' },
      costs_unread: 1,
    });
  });
});

it('personal: the share is of the personal and the automated ones', () => {
  const call = { channel: 'phone', direction: 'inbound', by: 'anna', outcome: null, campaign: false };
  const { groups, total } = tallyPersonal([
    { ...call, group: 'sales', count: 3 },
    { ...call, group: 'sales', count: 5, channel: 'email' },
    { ...call, group: 'sales', count: 7, direction: 'internal' },
    { group: 'sales', count: 1, sends: true },
    { group: null, count: 2, sends: true },
  ]);
  expect(groups).toEqual([
    { group: 'sales', personal: 3, automated: 1, other: 5, share_personal: 0.75 },
    { group: null, personal: 0, automated: 2, other: 0, share_personal: 0 },
  ]);
  expect(total).toEqual({ personal: 3, automated: 3, other: 5, share_personal: 0.5 });
});

it('activity: counts for who did it; who did nothing has no row', () => {
  const rows = tallyActivity(
    {
      contacts: [
        { group: 'sales', channel: 'phone', direction: 'inbound', count: 2, minutes: 9 },
        { group: 'sales', channel: 'phone', direction: null, count: 1, minutes: 0 },
      ],
      cases: [
        {
          ref: 'c',
          title: 'C',
          events: [
            event('opened', 99, 'anna', 'new'),
            event('moved', 101, 'anna', 'open'),
            event('ended', 102, 'dino', 'closed'),
          ],
        },
      ],
      groupOf: (by) => (by === 'anna' ? 'sales' : 'club'),
      promises: [{ group: 'sales', what: 'kept' }],
      sends: [{ group: 'sales', ref: 'n', title: 'News', messages: 120 }],
    },
    period,
  );
  expect(rows.map(({ group }) => group)).toEqual(['club', 'sales']);
  expect(rows[0]).toMatchObject({ cases_ended: 1, ended: [{ ref: 'c', title: 'C', to: 'closed' }] });
  expect(rows[1]).toMatchObject({
    channels: { phone: { inbound: 2, unknown: 1 } },
    inbound: 2,
    cases_opened: 0,
    cases_moved: 1,
    promises_kept: 1,
    promises_made: 0,
    messages_sent: 120,
  });
});
