import { describe, expect, it } from 'vitest';
import { planMerge, type TreeChange, type TreeEntry } from './merge-trees.js';

const file = (path: string, blob: string): TreeEntry => ({ path, mode: '100644', blob });
const old = 'contacts/mario-k3f9w2q8ab.md';
const moved = 'contacts/north/mario-rossi-k3f9w2q8ab.md';
const plan = (ours: TreeChange[], theirs: TreeChange[]) => planMerge(ours, theirs, (path) => path);
const change = (before: TreeEntry | undefined, after: TreeEntry | undefined): TreeChange => ({
  before,
  after,
});

describe('laying two sides beside each other', () => {
  const before = file(old, '1');

  it('takes what only their side did', () => {
    const theirs = [change(undefined, file('a.md', '2')), change(file('b.md', '3'), undefined)];
    expect(plan([], theirs)).toEqual([
      { op: 'take', file: file('a.md', '2'), moved: undefined },
      { op: 'remove', path: 'b.md' },
    ]);
    expect(plan([], [change(before, undefined), change(undefined, file(moved, '2'))])).toEqual([
      { op: 'take', file: file(moved, '2'), moved: old },
    ]);
  });

  it('does nothing where both sides did the same, or only ours did', () => {
    const same = [change(before, file(old, '2'))];
    expect(plan(same, same)).toEqual([]);
    expect(plan(same, [])).toEqual([]);
    expect(plan([change(before, undefined)], [change(before, undefined)])).toEqual([]);
  });

  it('merges a record where it was moved to', () => {
    const ours = [change(before, file(old, '2'))];
    const theirs = [change(before, undefined), change(undefined, file(moved, '1'))];
    const merge = { op: 'merge', path: moved, mode: '100644', base: before };
    expect(plan(ours, theirs)).toEqual([{ ...merge, ours: file(old, '2'), theirs: file(moved, '1') }]);
    expect(plan(theirs, ours)).toEqual([{ ...merge, ours: file(moved, '1'), theirs: file(old, '2') }]);
  });

  it('knows a record that both sides made, whatever they called its file', () => {
    const [ours, theirs] = [file(old, '2'), file(moved, '3')];
    expect(plan([change(undefined, ours)], [change(undefined, theirs)])).toEqual([
      { op: 'merge', path: moved, mode: '100644', base: undefined, ours, theirs },
    ]);
  });

  it('leaves it open where one side removed what the other changed', () => {
    const changed = change(before, file(old, '2'));
    const removed = change(before, undefined);
    expect(plan([changed], [removed])).toEqual([
      { op: 'dispute', removedBy: 'theirs', file: file(old, '2') },
    ]);
    expect(plan([removed], [changed])).toEqual([{ op: 'dispute', removedBy: 'ours', file: file(old, '2') }]);
  });

  it('does not take two files of one id for a move', () => {
    const copies = [change(undefined, file(old, '2')), change(undefined, file(moved, '2'))];
    expect(plan([], copies)).toHaveLength(2);
  });
});
