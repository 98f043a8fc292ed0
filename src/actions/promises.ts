import { ItacaError } from '../domain/error.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { promiseState } from '../domain/promises/state.js';
import { isBefore } from '../domain/time/order.js';
import { parseWhen } from '../domain/time/parse-when.js';
import type { Change, StoredRecord } from '../workspace/records.js';
import { findRecord } from './find-record.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

export interface PromiseInput {
  what: string;
  to: string;
  due?: string;
  /** The member who promised; the actor where absent. */
  by?: string;
  case?: string;
  /** How long it will take. */
  minutes?: number;
}

/** Puts a promise on file. */
export async function makePromise(input: PromiseInput, tools: Tools): Promise<Created> {
  const to = await findRecord(tools.workspace, input.to, ['contact']);
  const kase = input.case ? await findRecord(tools.workspace, input.case, ['case']) : undefined;
  const promise = await newRecord(
    'promise',
    {
      what: input.what,
      to: to.ref,
      by: input.by ?? tools.actor,
      due: input.due === undefined ? undefined : parseWhen(input.due, tools.clock, tools.warn),
      made_at: nowIso(tools),
      case: kase?.ref,
      minutes: input.minutes,
    },
    { title: input.what },
    tools,
  );
  await write([promise], { subject: `promise add ${promise.id}` }, tools);
  return promise;
}

/**
 * Ends a promise: kept (in an interaction, where one is named), or cancelled with a reason.
 * @throws ItacaError `conflict` where it has ended already
 */
export async function endPromise(
  which: string,
  end: { state: 'kept'; in?: string } | { state: 'cancelled'; why: string },
  tools: Tools,
): Promise<StoredRecord<Promise_>> {
  if (end.state === 'kept') {
    const proof = end.in ? await findRecord(tools.workspace, end.in, ['interaction']) : undefined;
    const { promise, change } = await keeping(which, nowIso(tools), proof?.ref, tools);
    await write([change], { subject: `promise kept ${promise.id}` }, tools);
    return promise;
  }
  const { promise, change } = await ending(which, { cancelled_at: nowIso(tools), why: end.why }, tools);
  await write([change], { subject: `promise cancelled ${promise.id}` }, tools);
  return promise;
}

/** A promise as it will be, and what has to be written for that. */
interface Ending {
  promise: StoredRecord<Promise_>;
  change: Change;
}

/**
 * What keeping a promise writes.
 * @param at when it was kept, ISO 8601
 * @param by reference of the interaction that kept it
 * @throws ItacaError `conflict` where it has ended already
 */
export function keeping(which: string, at: string, by: string | undefined, tools: Tools): Promise<Ending> {
  return ending(which, { kept_at: at, ...(by === undefined ? {} : { kept_in: by }) }, tools);
}

async function ending(which: string, set: Partial<Promise_>, tools: Tools): Promise<Ending> {
  const promise = await findRecord<Promise_>(tools.workspace, which, ['promise']);
  const state = promiseState(promise.data, tools.clock.now(), tools.clock.timeZone);
  if (state === 'kept' || state === 'cancelled') {
    throw new ItacaError('conflict', `this promise was ${state} already`, { path: promise.path });
  }
  if (isBefore(set.kept_at, promise.data.made_at)) {
    throw new ItacaError('usage', `this promise was made later, on ${promise.data.made_at}`, {
      hint: 'say when it was kept with --at',
      path: promise.path,
    });
  }
  const { id, path } = promise;
  return {
    promise: { ...promise, data: { ...promise.data, ...set } },
    change: { op: 'update', kind: 'promise', id, path, set },
  };
}
