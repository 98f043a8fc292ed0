import { describe, expect, it } from 'vitest';
import { caseOfEvents, type Layout } from './case-of-events.js';
import { columnsOf } from './columns.js';
import { gatherCases } from './gather.js';
import { beginsAlike, joinHistory } from './join-history.js';
import { keptColumns } from './layout.js';
import type { LogEvent, RawLog } from './log.js';

/** A log of one case, from lines of cells parted by commas. */
function read(header: string, ...lines: string[]): { events: LogEvent[]; layout: Layout; log: RawLog } {
  const rows = lines.map((line, i) => ({ line: i + 2, cells: line.split(',') }));
  const log: RawLog = { format: 'csv', names: header.split(','), rows, refused: [], left: [] };
  const columns = columnsOf(log.names, [], 'log.csv');
  const { cases } = gatherCases(log, {
    columns,
    timeZone: 'UTC',
    country: undefined,
    dates: undefined,
    path: 'log.csv',
  });
  const layout: Layout = {
    columns,
    ...keptColumns(log, columns),
    states: new Map(),
    type: 'question',
    source: 'old',
    contact: (words) => (words === 'Rossi' ? 'mario-rossi-k3f9w2q8ab' : undefined),
  };
  return { events: [...cases.values()][0] ?? [], layout, log };
}

const first = [
  'case,activity,time,resource,customer,product',
  'C1,Closed,2026-01-03 10:00,Bo,Rossi,lamp',
  'C1,Created,2026-01-01 10:00,Al,Rossi,lamp',
  'C1,Look,2026-01-02 10:00,Al,Rossi,shade',
] as const;

describe('a case of a log', () => {
  it('has its events in order, moves where the state changes, and attributes that hold for all of it', () => {
    const { events, layout } = read(...first);
    expect(caseOfEvents('C1', events, layout)).toEqual({
      title: 'C1',
      type: 'question',
      state: 'closed',
      priority: undefined,
      channel: undefined,
      contact: 'mario-rossi-k3f9w2q8ab',
      opened_at: '2026-01-01T10:00:00+00:00',
      identifiers: { old: 'C1' },
      attributes: { customer: 'Rossi' },
      history: [
        { at: '2026-01-01T10:00:00+00:00', by: 'Al', activity: 'Created', to: 'new', product: 'lamp' },
        { at: '2026-01-02T10:00:00+00:00', by: 'Al', activity: 'Look', product: 'shade' },
        { at: '2026-01-03T10:00:00+00:00', by: 'Bo', activity: 'Closed', to: 'closed', product: 'lamp' },
      ],
    });
  });

  it('keeps the words of a state that are not ours, a title that changes, and says what it leaves out', () => {
    const { events, layout, log } = read(
      'case,activity,time,status,title,Activity,,x',
      'C1,a,2026-01-01,Under review,One,a,1,1',
      'C1,b,2026-01-02,Closed,Two,b,2,1',
    );
    const made = caseOfEvents('C1', events, layout);
    expect(made).toMatchObject({ title: 'One', state: 'closed', attributes: { x: '1' } });
    expect(made.history).toEqual([
      expect.objectContaining({ activity: 'a', to: 'new', status: 'Under review', title: 'One' }),
      expect.objectContaining({ activity: 'b', to: 'closed', status: 'Closed', title: 'Two' }),
    ]);
    expect(keptColumns(log, layout.columns).left).toEqual([
      { column: 'Activity', why: 'it says what "activity" says' },
      { column: 'column 7', why: 'it has no name' },
    ]);
  });

  it('takes states as they are named, a move from elsewhere too, and none where the log says none', () => {
    const { events, layout } = read(
      'case,activity,time,from,to',
      'C1,open,2026-01-01,,open',
      'C1,Resolve,2026-01-02,,',
      'C1,x,2026-01-03,open,resolved',
      'C1,y,2026-01-04,resolved,merged',
    );
    expect(caseOfEvents('C1', events, layout).history).toEqual([
      { at: '2026-01-01T00:00:00+00:00', activity: 'open', to: 'open' },
      { at: '2026-01-02T00:00:00+00:00', activity: 'Resolve' },
      { at: '2026-01-03T00:00:00+00:00', activity: 'x', from: 'open', to: 'resolved' },
      // Into which case, a log cannot say.
      { at: '2026-01-04T00:00:00+00:00', activity: 'y', from: 'resolved', to: 'closed' },
    ]);
  });
});

describe('a case on file', () => {
  const { events, layout } = read(...first);
  const stored = caseOfEvents('C1', events, layout);

  it('gains nothing from the log that it came from', () => {
    expect(joinHistory(stored, events, layout)).toBeUndefined();
    expect(beginsAlike(stored, events)).toBe(true);
  });

  it('gains the events that are new, among those that people wrote since', () => {
    const since = [
      ...(stored.history as object[]),
      { at: '2026-01-05T09:00:00Z', by: 'anna', from: 'closed', to: 'open' },
    ];
    const more = read(
      ...first,
      'C1,Look,2026-01-02 10:00,Al,Rossi,shade',
      'C1,Asked,2025-12-31 10:00,Al,Verdi,lamp',
      'C1,Reopened,2026-01-04 10:00,Al,Rossi,lamp',
    );
    const set = joinHistory({ ...stored, state: 'open', history: since }, more.events, more.layout);
    expect(set).toEqual({
      opened_at: '2025-12-31T10:00:00+00:00',
      history: [
        { at: '2025-12-31T10:00:00+00:00', by: 'Al', activity: 'Asked', customer: 'Verdi', product: 'lamp' },
        ...since.slice(0, 2),
        // Twice in the log is twice in the case.
        { at: '2026-01-02T10:00:00+00:00', by: 'Al', activity: 'Look', product: 'shade' },
        since[2],
        { at: '2026-01-04T10:00:00+00:00', by: 'Al', activity: 'Reopened', to: 'open', product: 'lamp' },
        since[3],
      ],
    });
  });

  it('that was joined to another stays so', () => {
    const more = read(...first, 'C1,Reopened,2026-01-04 10:00,Al,Rossi,lamp');
    const set = joinHistory({ ...stored, state: 'merged', merged_into: 'x' }, more.events, more.layout);
    expect(set).not.toHaveProperty('state');
  });
});
