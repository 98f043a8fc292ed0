import { ItacaError } from '../domain/error.js';
import type { Promise_ } from '../domain/promises/promise.js';
import { promiseState } from '../domain/promises/state.js';
import { parseWhen } from '../domain/time/parse-when.js';
import type { StoredRecord } from '../workspace/records.js';
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
  const promise = await findRecord<Promise_>(tools.workspace, which, ['promise']);
  const state = promiseState(promise.data, tools.clock.now(), tools.clock.timeZone);
  if (state === 'kept' || state === 'cancelled') {
    throw new ItacaError('conflict', `this promise was ${state} already`, { path: promise.path });
  }
  const at = nowIso(tools);
  const proof =
    end.state === 'kept' && end.in ? await findRecord(tools.workspace, end.in, ['interaction']) : undefined;
  const set: Record<string, unknown> =
    end.state === 'kept'
      ? { kept_at: at, ...(proof ? { kept_in: proof.ref } : {}) }
      : { cancelled_at: at, why: end.why };
  const { id, path } = promise;
  await write(
    [{ op: 'update', kind: 'promise', id, path, set }],
    { subject: `promise ${end.state} ${id}` },
    tools,
  );
  return { ...promise, data: { ...promise.data, ...set } as Promise_ };
}
