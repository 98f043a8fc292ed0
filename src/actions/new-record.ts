import { refOfPath } from '../domain/records/ids.js';
import type { Kind } from '../domain/records/kind-names.js';
import { placeRecord, shardFrom } from '../domain/records/place.js';
import { isoInstant } from '../domain/time/clock.js';
import type { Change } from '../workspace/records.js';
import type { Tools } from './tools.js';

export type Created = Extract<Change, { op: 'create' }> & { ref: string };

/**
 * A record to be created, in its place.
 * @param options.id derived from the source, for what a machine makes; random otherwise
 * @param options.expected how many of the kind this command creates, so that a large import is split from the start
 */
export async function newRecord(
  kind: Kind,
  data: Record<string, unknown>,
  options: { title: string; note?: string; id?: string; expected?: number },
  tools: Tools,
): Promise<Created> {
  const id = options.id ?? tools.newId();
  const index = await tools.workspace.index();
  const sharded =
    tools.workspace.config.layout === 'sharded' || index.count(kind) + (options.expected ?? 1) > shardFrom;
  const at = typeof data.at === 'string' ? data.at : undefined;
  const path = placeRecord(kind, id, options.title, sharded, at);
  return { op: 'create', kind, id, path, ref: refOfPath(path), data: clean(data), note: options.note ?? '' };
}

/** Absent values are left out, so that a record holds only what is known. */
function clean(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Now, as a record writes it. */
export function nowIso({ clock }: Tools): string {
  return isoInstant(clock.now(), clock.timeZone);
}
