import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMapping, sameValue } from '../records/same-value.js';
import { matchLines } from './match-lines.js';
import { mergeLines } from './merge-lines.js';
import { mergeRecord, type RecordContent } from './merge-record.js';

const record = (data: Record<string, unknown>, note = ''): RecordContent => ({ data, note });

const scalar = fc.constantFrom('a', 'b', 'c', '00184', '12');
const item = fc.oneof(scalar, fc.record({ address: scalar, label: scalar }, { requiredKeys: ['address'] }));
const entry = fc.record({ at: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01'), to: scalar });
const data = fc.record(
  {
    title: scalar,
    language: scalar,
    tags: fc.uniqueArray(scalar, { minLength: 1 }),
    emails: fc.uniqueArray(item, {
      minLength: 1,
      selector: (one) => (typeof one === 'string' ? one : one.address),
    }),
    source: fc.record({ channel: scalar, name: scalar }, { requiredKeys: ['channel'] }),
    history: fc.uniqueArray(entry, { minLength: 1, selector: JSON.stringify }),
    x_own: scalar,
  },
  { requiredKeys: [] },
);
const note = fc
  .array(fc.constantFrom('one', 'two', 'three', 'four'))
  .map((lines) => lines.map((l) => `${l}\n`).join(''));
const content = fc.record({ data, note });

/** The same values whatever the order of lists and of lines. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(unordered(one))).sort();
  if (isMapping(value)) {
    const keys = Object.keys(value).sort();
    return Object.fromEntries(keys.map((key) => [key, unordered(value[key])]));
  }
  return typeof value === 'string' && value.includes('\n') ? value.split('\n').sort() : value;
}

describe('merging a record', () => {
  it('with itself changes nothing, whatever it was before', () => {
    fc.assert(
      fc.property(content, content, (base, a) => {
        const merged = mergeRecord({ base, ours: a, theirs: a });
        expect(merged.conflicts).toEqual([]);
        expect(merged.ours.data).toEqual(a.data);
        expect(merged.ours.note).toBe(a.note);
      }),
    );
  });

  it('keeps one of two entries that a machine wrote in each clone under one id, the same one everywhere', () => {
    const at = '2026-11-20T09:00:00+01:00';
    const base = record({ history: [{ at, by: 'anna', to: 'new' }] });
    const with_ = (...more: object[]) => record({ history: [{ at, by: 'anna', to: 'new' }, ...more] });
    const one = with_({ id: 'x', at, by: 'itaca', notify: 'anna' });
    const other = with_({ at, by: 'anna', owner: 'boss' }, { id: 'x', at, by: 'itaca', notify: 'boss' });
    const merged = mergeRecord({ base, ours: one, theirs: other });
    expect(merged.conflicts).toEqual([]);
    const history = merged.ours.data.history as { id?: string }[];
    expect(history).toHaveLength(3);
    expect(history.filter(({ id }) => id === 'x')).toHaveLength(1);
    expect(mergeRecord({ base, ours: other, theirs: one }).ours.data).toEqual(merged.ours.data);
  });

  it('of which one side changed nothing is the other side', () => {
    fc.assert(
      fc.property(content, content, (base, a) => {
        for (const sides of [
          { ours: a, theirs: base },
          { ours: base, theirs: a },
        ]) {
          const merged = mergeRecord({ base, ...sides });
          expect(merged.conflicts).toEqual([]);
          expect(merged.ours.data).toEqual(a.data);
          expect(merged.ours.note).toBe(a.note);
        }
      }),
    );
  });

  it('says the same from either side, but for the order of lists and additions', () => {
    fc.assert(
      fc.property(content, content, content, (base, a, b) => {
        const there = mergeRecord({ base, ours: a, theirs: b });
        const back = mergeRecord({ base, ours: b, theirs: a });
        expect([...there.conflicts].sort()).toEqual([...back.conflicts].sort());
        expect(unordered(there.ours.data)).toEqual(unordered(back.theirs.data));
        if (there.conflicts.length === 0 && base.note === '' && a.note === '')
          expect(unordered(there.ours.note)).toEqual(unordered(back.ours.note));
      }),
    );
  });

  it('loses nothing that either side added: it is in the merge, or on its side of a conflict', () => {
    fc.assert(
      fc.property(content, content, content, (base, a, b) => {
        const merged = mergeRecord({ base, ours: a, theirs: b });
        for (const [side, result] of [
          [a, merged.ours],
          [b, merged.theirs],
        ] as const) {
          for (const key of ['title', 'language', 'x_own'] as const)
            if (side.data[key] !== undefined && side.data[key] !== base.data[key])
              expect(result.data[key]).toBe(side.data[key]);
          for (const key of ['tags', 'history'] as const) {
            const before = (base.data[key] ?? []) as unknown[];
            for (const one of side.data[key] ?? []) {
              if (before.some((old) => sameValue(old, one))) continue;
              expect(result.data[key] as unknown[]).toContainEqual(one);
            }
          }
        }
      }),
    );
  });

  it('honours what one side took away from a list', () => {
    const merged = mergeRecord({
      base: record({ tags: ['a', 'b', 'c'] }),
      ours: record({ tags: ['b', 'c', 'd'] }),
      theirs: record({ tags: ['a', 'c', 'e'] }),
    });
    expect(merged).toMatchObject({ conflicts: [], ours: { data: { tags: ['c', 'd', 'e'] } } });
  });

  it('never finds a conflict in lists that grow, and orders them by time', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), fc.array(entry), (before, one, other) => {
        const merged = mergeRecord({
          base: record({ history: before }),
          ours: record({ history: [...before, ...one] }),
          theirs: record({ history: [...before, ...other] }),
        });
        expect(merged.conflicts).toEqual([]);
        if (one.length === 0 || other.length === 0 || sameValue(one, other)) return;
        const times = ((merged.ours.data.history ?? []) as { at: string }[]).map(({ at }) => at);
        expect(times).toEqual([...times].sort());
      }),
    );
  });

  it('merges an item of a list that both changed, and a text that became a map', () => {
    const merged = mergeRecord({
      base: record({ emails: ['m@example.it'] }),
      ours: record({ emails: [{ address: 'm@example.it', label: 'work' }] }),
      theirs: record({ emails: [{ address: 'm@example.it', invalid: 'true' }, 'x@example.it'] }),
    });
    expect(merged.conflicts).toEqual([]);
    expect(merged.ours.data.emails).toEqual([
      { address: 'm@example.it', label: 'work', invalid: 'true' },
      'x@example.it',
    ]);
  });

  it('reports what both changed differently, and nothing else', () => {
    const merged = mergeRecord({
      base: record({ title: 'Clerk', identifiers: { member: '1' }, language: 'it' }, 'a\nb\nc\n'),
      ours: record({ title: 'Boss', identifiers: { member: '2', card: '9' }, language: 'de' }, 'a\nB\nc\n'),
      theirs: record({ title: 'Chief', identifiers: { member: '3' }, language: 'it' }, 'a\nbee\nc\nd\n'),
    });
    expect(merged.conflicts).toEqual(['title', 'identifiers.member', 'note']);
    expect(merged.ours).toEqual({
      data: { title: 'Boss', identifiers: { member: '2', card: '9' }, language: 'de' },
      note: 'a\nB\nc\nd\n',
    });
    expect(merged.theirs).toEqual({
      data: { title: 'Chief', identifiers: { member: '3', card: '9' }, language: 'de' },
      note: 'a\nbee\nc\nd\n',
    });
  });

  it('without a common beginning agrees on what is equal', () => {
    const merged = mergeRecord({
      base: undefined,
      ours: record({ name: 'Mario', tags: ['a'] }, 'hello\n'),
      theirs: record({ name: 'Mario', tags: ['b'], title: 'Boss' }, 'hello\n'),
    });
    expect(merged).toMatchObject({
      conflicts: [],
      ours: { data: { name: 'Mario', tags: ['a', 'b'], title: 'Boss' }, note: 'hello\n' },
    });
  });

  it('keeps both where both sides wrote at the end of the note', () => {
    const merged = mergeRecord({
      base: record({}, 'a\n'),
      ours: record({}, 'a\nmine\n'),
      theirs: record({}, 'a\ntheirs\n'),
    });
    expect(merged).toMatchObject({ conflicts: [], ours: { note: 'a\ntheirs\nmine\n' } });
  });
});

describe('comparing lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

  it('matches equal lines, in order', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        let last = -1;
        matchLines(a, b).forEach((j, i) => {
          if (j < 0) return;
          expect(a[i]).toBe(b[j]);
          expect(j).toBeGreaterThan(last);
          last = j;
        });
      }),
    );
  });

  it('matches as many as there are', () => {
    expect([...matchLines(['a', 'b', 'c', 'a'], ['c', 'b', 'a', 'a'])].filter((j) => j >= 0)).toHaveLength(2);
    expect([...matchLines(['x', 'b', 'y'], ['b', 'z'])]).toEqual([-1, 0, -1]);
  });

  it('answers also where almost everything differs', () => {
    const a = Array.from({ length: 5000 }, (_, i) => `a${i}`);
    const b = Array.from({ length: 5000 }, (_, i) => `b${i}`);
    expect(matchLines(['same', ...a], ['same', ...b])[0]).toBe(0);
  });

  it('merges lines of which one side changed nothing into the other side', () => {
    fc.assert(
      fc.property(lines, lines, fc.boolean(), (base, a, together) => {
        const options = { prefer: 'ours', together } as const;
        expect(mergeLines(base, a, base, options)).toEqual({ lines: a, conflicts: 0 });
        expect(mergeLines(base, base, a, options)).toEqual({ lines: a, conflicts: 0 });
        expect(mergeLines(base, a, a, options)).toEqual({ lines: a, conflicts: 0 });
      }),
    );
  });
});
