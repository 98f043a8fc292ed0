import { type Inbound, type PromiseAccount, proofOfBreach, wasLate } from '../domain/promises/account.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { promiseState } from '../domain/promises/state.js';
import { idOfRef, refOfPath } from '../domain/records/ids.js';
import { endOf } from '../domain/time/clock.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';

/** What became of promises, in their order, each with the proof where one was broken. */
export async function promiseAccounts(
  promises: readonly StoredRecord<Promise_>[],
  workspace: Workspace,
): Promise<PromiseAccount[]> {
  const index = await workspace.index();
  const { timeZone } = workspace.clock;
  const now = workspace.clock.now();
  const endOfDay = remembered((due: string) => endOf(due, timeZone));
  const keptIn = momentsOf(
    index,
    promises.flatMap(({ data }) =>
      data.kept_at === undefined && data.kept_in !== undefined ? [data.kept_in] : [],
    ),
  );
  const accounts = promises.map(({ data }) => {
    const ended = data.kept_at ?? (data.kept_in === undefined ? data.cancelled_at : undefined);
    const times = {
      due: data.due === undefined ? undefined : endOfDay(data.due),
      ended: ended === undefined ? keptIn.get(idOfRef(data.kept_in ?? '') ?? '') : Date.parse(ended),
    };
    const state = promiseState(data, now, timeZone);
    // One that was kept nobody knows when is not held to be late.
    const late = (state !== 'kept' || times.ended !== undefined) && wasLate(times, now);
    return { to: data.to, times, state, late };
  });
  const since = Math.min(...accounts.filter(({ late }) => late).map(({ times }) => times.due ?? now));
  const inbound = inboundOf(
    index,
    accounts.flatMap(({ to, late }) => (late && to !== undefined ? [to] : [])),
    since,
  );
  return accounts.map(({ to, times, state, late }) => ({
    state,
    late: state === 'kept' && late,
    proof: late && to !== undefined ? proofOfBreach(times, inbound(to), now) : undefined,
  }));
}

/**
 * What came from people and firms since a moment, in the order of time; what came from one that was merged into another
 * came from that one. One question for all of them.
 */
function inboundOf(index: Index, refs: readonly string[], since: number): (ref: string) => Inbound[] {
  const survivors = new Map(index.merged(['contact', 'company']).map(({ id, survivor }) => [id, survivor]));
  const personOf = (id: string) => survivors.get(id) ?? id;
  const wanted = new Set(refs.map((ref) => personOf(idOfRef(ref) ?? '')));
  if (wanted.size === 0) return () => [];
  const merged = [...survivors].flatMap(([id, survivor]) => (wanted.has(survivor) ? [id] : []));
  const rows = index.db
    .prepare(
      `select f.target as id, r.path, r.at from json_each(?) w
       cross join refs f on f.target = w.value and f.key in ('contacts', 'company')
       cross join records r on r.rid = f.rid
       where r.kind = 'interaction' and r.at >= ? and json_extract(r.data, '$.direction') = 'inbound'
       order by r.at, r.path`,
    )
    .all(JSON.stringify([...wanted, ...merged]), since) as { id: string; path: string; at: number }[];
  const byPerson = new Map<string, Inbound[]>();
  for (const { id, path, at } of rows) {
    const person = personOf(id);
    const list = byPerson.get(person);
    if (list) list.push({ ref: refOfPath(path), at });
    else byPerson.set(person, [{ ref: refOfPath(path), at }]);
  }
  return (ref) => byPerson.get(personOf(idOfRef(ref) ?? '')) ?? [];
}

/** When interactions were, by their ids. */
function momentsOf(index: Index, refs: readonly string[]): Map<string, number> {
  if (refs.length === 0) return new Map();
  const rows = index.db
    .prepare(
      `select id, at from records
       where kind = 'interaction' and at is not null and id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(refs.map((ref) => idOfRef(ref)))) as { id: string; at: number }[];
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** A function that is asked the same thing over and over, and works it out once. */
function remembered<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as T;
  };
}
