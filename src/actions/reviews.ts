import type { Case } from '../domain/cases/case.js';
import { endedAt } from '../domain/cases/events.js';
import { ItacaError } from '../domain/error.js';
import { idOfRef } from '../domain/records/ids.js';
import { handlersOf } from '../domain/review/handlers.js';
import { drawSample } from '../domain/review/sample.js';
import { isoInstant } from '../domain/time/clock.js';
import { isWithin, type Period } from '../domain/time/period.js';
import type { Index } from '../workspace/index/index.js';
import type { StoredRecord } from '../workspace/records.js';
import type { Workspace } from '../workspace/workspace.js';
import { findRecord } from './find-record.js';
import { type Created, newRecord, nowIso } from './new-record.js';
import type { Tools } from './tools.js';
import { write } from './write.js';

/** The topic by which a finding is known among the notes. */
const topic = 'review';

const isFinding = `json_extract(r.data, '$.channel') = 'note' and
  exists (select 1 from json_each(r.data, '$.topics') where value = '${topic}')`;

/** A case drawn for review. */
export interface SampledCase {
  id: string;
  ref: string;
  title: string;
  type: string | null;
  state: string;
  owner: string | null;
  office: string | null;
  /** When it was solved, ISO 8601 with the offset of the zone; null where its times cannot be read. */
  ended_at: string | null;
  /** Findings on file about it. */
  findings: number;
}

/**
 * Draws resolved and closed cases for a reviewer, none of them one that he had a hand in.
 * @param wanted.period in which they ended
 * @returns the sample, and how many cases it was drawn from
 */
export async function sampleForReview(
  workspace: Workspace,
  wanted: { reviewer: string; count: number; seed: string; period: Period },
): Promise<{ sample: SampledCase[]; pool: number }> {
  const index = await workspace.index();
  const answered = new Set(casesAnsweredBy(index, wanted.reviewer));
  const ended = index.select(
    `r.kind = 'case' and json_extract(r.data, '$.state') in ('resolved', 'closed') order by r.path`,
    [],
  ) as unknown as StoredRecord<Case>[];
  const pool = ended
    .filter(({ id, data }) => !answered.has(id) && !handlersOf(data).has(wanted.reviewer))
    .map((kase) => ({ ...kase, end: endedAt(kase.data) }))
    .filter(({ end }) => isWithin(wanted.period, end));
  const drawn = drawSample(pool, wanted.count, wanted.seed);
  const sample = drawn.map(({ id, ref, data, end }) => ({
    id,
    ref,
    title: data.title,
    type: data.type ?? null,
    state: data.state,
    owner: data.owner ?? null,
    office: data.office ?? null,
    ended_at: Number.isNaN(end) ? null : isoInstant(end, workspace.clock.timeZone),
    findings: index.naming(id, ['interaction']).filter(({ data: { topics } }) => isReview(topics)).length,
  }));
  return { sample, pool: pool.length };
}

/**
 * Puts a finding about a case on file.
 * @param finding.text what the reviewer saw
 * @throws ItacaError `refused` where he had a hand in the case
 */
export async function recordFinding(
  which: string,
  finding: { text: string; outcome?: string },
  tools: Tools,
): Promise<{ kase: StoredRecord<Case>; note: Created }> {
  const kase = await findRecord<Case>(tools.workspace, which, ['case']);
  const index = await tools.workspace.index();
  const { actor } = tools;
  if (handlersOf(kase.data).has(actor) || casesAnsweredBy(index, actor).includes(kase.id)) {
    throw new ItacaError('refused', `${actor} had a hand in this case, and nobody reviews his own work`, {
      path: kase.path,
      hint: 'let somebody else look at it, or name him with --as',
    });
  }
  const note = await newRecord(
    'interaction',
    {
      at: nowIso(tools),
      channel: 'note',
      direction: 'internal',
      by: actor,
      case: kase.ref,
      outcome: finding.outcome,
      topics: [topic],
    },
    { title: `review ${kase.title}`, note: finding.text },
    tools,
  );
  await write([note], { subject: `review record ${note.id}`, records: [kase.id] }, tools);
  return { kase, note };
}

/** What a reviewer found. */
export interface Finding {
  id: string;
  ref: string;
  /** ISO 8601. */
  at: string;
  by: string | null;
  case: string | null;
  title: string | null;
  outcome: string | null;
  finding: string;
}

/** Findings on file, the newest first. */
export async function listFindings(
  workspace: Workspace,
  wanted: { by?: string; case?: string; period: Period },
): Promise<Finding[]> {
  const index = await workspace.index();
  const kase = wanted.case === undefined ? undefined : await findRecord(workspace, wanted.case, ['case']);
  const notes = index
    .select(`r.kind = 'interaction' and ${isFinding} order by r.at desc, r.path`, [])
    .filter(({ at }) => isWithin(wanted.period, at ?? undefined))
    .filter(({ data }) => wanted.by === undefined || data.by === wanted.by)
    .filter(({ data }) => kase === undefined || idOfRef(String(data.case)) === kase.id);
  const titles = titlesOf(
    index,
    notes.flatMap(({ data }) => (data.case === undefined ? [] : [String(data.case)])),
  );
  return notes.map(({ id, ref, data, note }) => ({
    id,
    ref,
    at: String(data.at),
    by: (data.by as string | undefined) ?? null,
    case: (data.case as string | undefined) ?? null,
    title: titles.get(idOfRef(String(data.case)) ?? '') ?? null,
    outcome: (data.outcome as string | undefined) ?? null,
    finding: note.trim(),
  }));
}

function isReview(topics: unknown): boolean {
  return Array.isArray(topics) && topics.includes(topic);
}

/** Ids of the cases in which a member dealt with the customer, or wrote anything down but a finding. */
function casesAnsweredBy({ db }: Index, member: string): string[] {
  const rows = db
    .prepare(
      `select distinct f.target as id from records r join refs f on f.rid = r.rid and f.key = 'case'
       where r.kind = 'interaction' and json_extract(r.data, '$.by') = ? and not (${isFinding})`,
    )
    .all(member) as { id: string }[];
  return rows.map(({ id }) => id);
}

/** Titles of cases, by their ids. */
function titlesOf({ db }: Index, refs: readonly string[]): Map<string, string> {
  const ids = [...new Set(refs.map((ref) => idOfRef(ref)))];
  const rows = db
    .prepare("select id, title from records where kind = 'case' and id in (select value from json_each(?))")
    .all(JSON.stringify(ids)) as { id: string; title: string }[];
  return new Map(rows.map(({ id, title }) => [id, title]));
}
