import { describe, expect, it } from 'vitest';
import { entryOf, type HistoryEntry, isWanted } from './entry.js';
import { planUndo } from './undo-plan.js';
import { findUndoTarget, refuseUndo } from './undo-target.js';

const base = { parents: ['p'], at: '2026-11-20T10:00:00Z', author: 'Anna B', email: 'A@example.org' };

function commit(id: string, command?: string, undoes?: string): HistoryEntry {
  const trailers: [string, string][] = [];
  if (command) trailers.push(['Itaca-Command', command], ['Itaca-Actor', 'anna']);
  if (undoes) trailers.push(['Itaca-Undoes', undoes]);
  return entryOf({ ...base, id, subject: `subject of ${id}`, trailers });
}

/** Commits from the oldest to the newest, as one writes them down. */
const target = (named: string | undefined, ...commits: HistoryEntry[]) =>
  findUndoTarget(
    (async function* () {
      yield* commits.reverse();
    })(),
    named,
  ).then(({ commit: id }) => id);

describe('what undo takes back', () => {
  const [a, b] = [commit('a', 'contact add'), commit('b', 'contact set')];

  it('is the last command, then the one before', async () => {
    expect(await target(undefined, a, b)).toBe('b');
    expect(await target(undefined, a, b, commit('u', 'undo', 'b'))).toBe('a');
  });

  it('is never a commit that changed nothing', async () => {
    const empty = commit('e', 'agreement confirm');
    async function* past() {
      yield* [empty, b, a];
    }
    expect((await findUndoTarget(past(), undefined, async (one) => one === empty)).commit).toBe('b');
    expect((await findUndoTarget(past(), 'e', async (one) => one === empty)).commit).toBe('e');
  });

  it('is the same command again once its undo was taken back', async () => {
    const past = [a, b, commit('u', 'undo', 'b'), commit('r', 'undo', 'u')];
    expect(await target(undefined, ...past)).toBe('b');
    expect(await target(undefined, ...past, commit('v', 'undo', 'b'))).toBe('a');
  });

  it('passes over what people committed by hand', async () => {
    expect(await target(undefined, a, commit('h'))).toBe('a');
  });

  it('is what was named, once', async () => {
    const undone = commit('u', 'undo', 'a');
    expect(await target('a', a, b)).toBe('a');
    expect(await target('u', a, undone)).toBe('u');
    await expect(target('a', a, b, undone)).rejects.toMatchObject({ code: 'refused' });
    await expect(target('x', a, b)).rejects.toMatchObject({ code: 'not_found' });
    await expect(target(undefined, a, undone)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['campaign send', 'outbox flush', 'contact erase', 'inbox pull', 'import events', 'run', 'init'])(
    'is never %s',
    (command) => {
      expect(() => refuseUndo(commit('a', command))).toThrow(/cannot be undone/);
    },
  );

  it('is no merge, no first commit, none made by hand', () => {
    expect(() => refuseUndo({ ...a, parents: ['p', 'q'] })).toThrow(/two clones/);
    expect(() => refuseUndo({ ...a, parents: [] })).toThrow(/nothing was before/);
    expect(() => refuseUndo(commit('h'))).toThrow(/a person committed/);
    expect(() => refuseUndo(commit('a', 'campaign new'))).not.toThrow();
  });
});

describe('the files of an undo', () => {
  it('come back unless they are so already, were changed later, or are ledgers', () => {
    expect(
      planUndo([
        { path: 'as-left', before: '1', after: '2', now: '2' },
        { path: 'made', before: null, after: '2', now: '2' },
        { path: 'back-already', before: '1', after: '2', now: '1' },
        { path: 'changed', before: '1', after: '2', now: '3' },
        { path: 'gone', before: '1', after: '2', now: null },
        { path: 'sends/plan.jsonl', before: null, after: '2', now: '2' },
      ]),
    ).toEqual({
      restore: [
        { path: 'as-left', before: '1', now: '2' },
        { path: 'made', before: null, now: '2' },
      ],
      changedLater: ['changed', 'gone'],
      ledgers: ['sends/plan.jsonl'],
    });
  });
});

describe('an entry of the history', () => {
  it('of a commit by hand names the member whose address it has, else its author', () => {
    const byHand = { ...base, id: 'h', subject: 'typo', trailers: [] };
    expect(entryOf(byHand, { anna: { emails: ['a@example.org'] } })).toMatchObject({
      actor: 'anna',
      command: 'typo',
      by_hand: true,
    });
    expect(entryOf(byHand).actor).toBe('Anna B');
  });

  it('is wanted by member and by a part of the command', () => {
    const entry = commit('a', 'import csv');
    expect(isWanted(entry, { by: 'Anna', command: 'import' })).toBe(true);
    expect(isWanted(entry, { by: 'bruno' })).toBe(false);
    expect(isWanted(entry, { command: 'set' })).toBe(false);
  });
});
