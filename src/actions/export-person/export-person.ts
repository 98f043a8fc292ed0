import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { sep } from 'node:path';
import fg from 'fast-glob';
import type { Consent } from '../../domain/consent/consent.js';
import { ItacaError } from '../../domain/error.js';
import { personReadme, type TimelineEntry } from '../../domain/person-file/readme.js';
import { ownKeys } from '../../domain/records/own-keys.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import type { StoredRecord } from '../../workspace/records.js';
import { resolveRecord } from '../../workspace/resolve.js';
import type { Workspace } from '../../workspace/workspace.js';
import { nowIso } from '../new-record.js';
import type { Tools } from '../tools.js';
import { gatherPerson, type OwnRecord, type PersonFile } from './gather.js';
import { writeFolder } from './write-folder.js';

/** What was handed over. */
export interface PersonExport {
  contact: string;
  folder: string;
  /** Records by kind, lines of ledgers, files. */
  counts: Record<string, number>;
  /** Named by a record, and not there. */
  missing: string[];
}

/**
 * Writes everything on file about a person into a new folder (GDPR, art. 15 and 20), to be read by people and machines.
 * @throws ItacaError `not_found`; `conflict` where the folder is there already
 */
export async function exportPerson(who: string, folder: string, tools: Tools): Promise<PersonExport> {
  const { workspace } = tools;
  const index = await workspace.index();
  const contact = resolveRecord(index, who, ['contact'], workspace.country);
  if (lstatSync(folder, { throwIfNoEntry: false }))
    throw new ItacaError('conflict', `${folder} is there already`, {
      path: folder,
      hint: 'name a new folder',
    });
  const merged = index.merged(['contact']).filter(({ survivor }) => survivor === contact.id);
  const ids = new Set([contact.id, ...merged.map(({ id }) => id)]);
  const file = await gatherPerson(ids, workspace);
  const consents = await withWordings(contact, workspace);
  const attached = new Map<string, Buffer>();
  const missing: string[] = [];
  for (const path of file.files) {
    const bytes = attachedBytes(workspace.root, path);
    if (bytes) attached.set(path, bytes);
    else missing.push(path);
  }
  const counts: Record<string, number> = {};
  for (const { kind } of file.records) counts[kind] = (counts[kind] ?? 0) + 1;
  Object.assign(counts, { ledger_lines: file.lines.length, files: attached.size });
  const readme = personReadme({
    name: contact.title,
    asOf: nowIso(tools),
    by: workspace.config.name,
    facts: Object.entries(file.records.find(({ id }) => id === contact.id)?.data ?? {})
      .filter(([key]) => key !== 'consents' && key !== 'merged_from')
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const),
    consents: consents.map(({ purpose, channel, state, at, wording }) => [
      [state, purpose, channel, at].filter(Boolean).join(', '),
      wording,
    ]),
    timeline: timelineOf(file),
    counts,
    files: [...attached.keys()],
    ofOthers: file.ofOthers,
    mentions: file.mentions,
  });
  const own = file.records.filter(({ kind }) => kind === 'contact');
  if (!tools.dryRun) {
    writeFolder(
      folder,
      [
        ['README.md', Buffer.from(readme)],
        [
          'contact.json',
          json({
            ...asObject(own.find(({ id }) => id === contact.id)),
            consents,
            merged: own.filter(({ id }) => id !== contact.id).map(asObject),
          }),
        ],
        ['records.jsonl', lines(file.records.map(asObject))],
        ['ledgers.jsonl', lines(file.lines)],
        ...file.records.map(({ path, text }) => [`records/${path}`, Buffer.from(text)] as const),
        ...[...attached].map(([path, bytes]) => [`files/${path}`, bytes] as const),
      ],
      { contact: contact.id, at: nowIso(tools), counts, missing },
    );
  }
  return { contact: contact.ref, folder, counts, missing };
}

function asObject(record: OwnRecord | undefined): object {
  if (!record) return {};
  const { kind, id, path, data, note } = record;
  return { id, kind, path, ...ownKeys(kind, data), note };
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function lines(values: readonly object[]): Buffer {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

/** Consents, each with the text that was shown, where that is kept. */
async function withWordings(
  { data }: StoredRecord,
  { root }: Workspace,
): Promise<(Consent & { wording?: string })[]> {
  const consents = (Array.isArray(data.consents) ? data.consents : []) as Consent[];
  const wanted = new Set(consents.flatMap(({ wording_sha256 }) => wording_sha256 ?? []));
  if (wanted.size === 0) return consents;
  const kept = new Map<string, string>();
  for (const path of await fg(['wordings/**/*', 'forms/**/*'], { cwd: root, followSymbolicLinks: false })) {
    const bytes = readOrNull(insideWorkspace(root, path));
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
    if (sha256 && wanted.has(sha256)) kept.set(sha256, (bytes as Buffer).toString());
  }
  return consents.map((one) => {
    const wording = kept.get(one.wording_sha256 ?? '');
    return wording === undefined ? one : { ...one, wording };
  });
}

/** A file that a record names; undefined where it is gone, or no plain file below `attachments/`. */
function attachedBytes(root: string, path: string): Buffer | undefined {
  const file = insideWorkspace(root, path);
  if (!file.startsWith(`${root}${sep}attachments${sep}`)) return undefined;
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  return readOrNull(file) ?? undefined;
}

const moments = ['at', 'opened_at', 'made_at', 'placed_at', 'signed_at', 'start', 'expected_close'];

function timelineOf({ records, lines: told }: PersonFile): TimelineEntry[] {
  const entries = [
    ...records.flatMap(({ kind, data, note }): TimelineEntry[] => {
      if (kind === 'contact') return [];
      const [first] = Array.isArray(data.history) ? (data.history as { at?: unknown }[]) : [];
      const at = [...moments.map((key) => data[key]), first?.at].find((value) => typeof value === 'string');
      const title = [data.subject, data.title, data.what, data.number].find(
        (value) => typeof value === 'string',
      );
      const words = [kind, data.channel, data.direction, data.state ?? data.stage, title].filter(
        (value) => typeof value === 'string',
      );
      return [{ at: typeof at === 'string' ? at : '', what: words.join(', '), text: note }];
    }),
    ...told.flatMap(({ ledger, at, event, ...line }): TimelineEntry[] =>
      typeof at === 'string'
        ? [{ at, what: `${String(event)} (${ledger})`, text: typeof line.why === 'string' ? line.why : '' }]
        : [],
    ),
  ];
  return entries.sort((a, b) => (Date.parse(a.at) || 0) - (Date.parse(b.at) || 0));
}
