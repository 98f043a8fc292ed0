import { findRecord } from '../../actions/find-record.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { plain } from '../../cli/output.js';
import { historyOf } from '../../domain/cases/history-of.js';
import { mergeEntries } from '../../domain/duplicates/provenance.js';
import { ItacaError } from '../../domain/error.js';
import type { Kind } from '../../domain/records/kind-names.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Row, shortTime, stem } from './columns.js';
import { becameOf, deedOf } from './deeds.js';
import { derivedOf } from './derived.js';
import { asJson } from './list-records.js';

/** Shows a record, with what is on file about it in the order of time. */
export async function showRecord(cli: Cli, who: string, kinds?: readonly Kind[]): Promise<void> {
  const workspace = await cli.workspace();
  const record = await findRecord(workspace, who, kinds);
  if (record.kind === 'case') return showCase(cli, record.id);
  const index = await workspace.index();
  const timeline: Entry[] = [
    ...index.naming(record.id).flatMap((one) => (one.kind === 'deal' ? dealMoves(one) : onTimeline(one))),
    ...(record.kind === 'contact' ? await eventEntries(cli, record.id) : []),
  ];
  timeline.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  await cli.warnOfProblems();
  const cases = timeline.filter(({ kind }) => kind === 'case');
  const { row, keys, lines } = await derivedOf(cli, record, cases);
  const shown = { ...record, data: { ...record.data, ...keys } };
  await cli.output.thing(
    { ...asJson(record), ...row, timeline: timeline.map(asEntry) },
    page(cli, shown, timeline, lines),
  );
}

/** What has a time of its own. */
function onTimeline(record: StoredRecord): StoredRecord[] {
  return record.at === null ? [] : [record];
}

/** A deal is on the timeline of its customer with every move of its way, the newest first. */
function dealMoves(deal: StoredRecord): Entry[] {
  const newestFirst = [...historyOf(deal.data)].reverse();
  return newestFirst.map((entry) => ({
    ...deal,
    at: Date.parse(entry.at),
    title: [deal.title, entry.to === undefined ? deedOf(entry) : becameOf(entry)].filter(Boolean).join(': '),
    data: { at: entry.at, by: entry.by, state: entry.to },
    note: '',
  }));
}

/** What a timeline holds: records, and what is told of messages. */
type Entry = Omit<StoredRecord, 'kind'> & { kind: string };

/** What became of messages to a contact. A ledger that cannot be read keeps nobody from seeing the rest. */
async function eventEntries(cli: Cli, id: string): Promise<Entry[]> {
  const { contactEvents } = await import('../../actions/contact-events.js');
  let events: Awaited<ReturnType<typeof contactEvents>>;
  try {
    events = await contactEvents(await cli.workspace(), id);
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    cli.warn(`what became of messages is not shown: ${error.message}`);
    return [];
  }
  return events.map(({ id, event, campaign, title, at, times, url, reason, actor }) => ({
    id,
    kind: 'event',
    ref: campaign,
    path: '',
    title: `${[event, url ?? reason].filter(Boolean).join(' ')} (${title})${times > 1 ? `, ${times} times` : ''}`,
    at: Date.parse(at),
    data: {
      at,
      channel: 'email',
      direction: event === 'opened' || event === 'clicked' ? 'inbound' : 'outbound',
      ...(actor === null || actor === 'person' ? {} : { state: actor }),
      event,
      actor,
      campaign,
    },
    note: '',
  }));
}

async function showCase(cli: Cli, id: string): Promise<void> {
  const [{ viewCase }, { caseDetails, caseLines }] = await Promise.all([
    import('../../actions/cases/case-view.js'),
    import('./case-details.js'),
  ]);
  const view = await viewCase(id, await cli.workspace());
  const record = view.kase as unknown as StoredRecord;
  await cli.warnOfProblems();
  await cli.output.thing(
    { ...asJson(record), ...caseDetails(view), timeline: view.timeline.map(asEntry) },
    page(cli, record, view.timeline, caseLines(cli, view)),
  );
}

function asEntry(record: Entry): Row {
  const { id, kind, ref, title, data, note } = record;
  return {
    id,
    kind,
    ref,
    at: momentOf(record),
    title,
    channel: data.channel,
    direction: data.direction,
    state: data.state,
    ...(kind === 'event' ? { event: data.event, actor: data.actor } : {}),
    ...(data.attachments === undefined ? {} : { attachments: data.attachments }),
    ...(data.warns === undefined ? {} : { warns: data.warns }),
    note,
  };
}

function momentOf({ data }: Entry): string {
  return String(
    data.at ??
      data.opened_at ??
      data.made_at ??
      data.placed_at ??
      data.signed_at ??
      data.start ??
      data.send_at ??
      '',
  );
}

const arrows: Record<string, string> = { inbound: '→', outbound: '←', internal: '·' };

/** The files that came or went with something. */
function filesOf({ data }: Entry): { path: string }[] {
  const files = Array.isArray(data.attachments) ? (data.attachments as Row[]) : [];
  return files.map(({ path }) => ({ path: plain(path) }));
}

/** A value for people: of a map what it says, without braces; of a file its path, of money the amount. */
function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join(', ');
  if (typeof value !== 'object' || value === null) return plain(value);
  const { address, number, path, amount, currency, ...rest } = value as Row;
  const main = address ?? number ?? path;
  if (typeof main === 'string') return main;
  const money = amount === undefined ? [] : [`${plain(amount)} ${plain(currency)}`.trim()];
  return [...money, ...Object.entries(rest).map(([key, inner]) => `${key} ${readable(inner)}`)].join(', ');
}

function page(cli: Cli, record: StoredRecord, timeline: Entry[], derived: string[] = []): string {
  const { color } = cli.io;
  const lines = [
    `${color.bold(printable(record.title || record.ref))}  ${color.dim(`${record.kind} ${record.id}`)}`,
  ];
  for (const [key, value] of Object.entries(record.data)) {
    if (['name', 'title', 'history', 'consents', 'merged_from'].includes(key)) continue;
    lines.push(`  ${color.dim(`${key.replaceAll('_', ' ')}:`)} ${printable(readable(value))}`);
  }
  for (const { ref, at, by, took } of mergeEntries(record.data)) {
    const keys = Object.keys(took ?? {}).map((key) => key.replaceAll('_', ' '));
    const from = `${ref} ${[shortTime(at), plain(by)].filter(Boolean).join(' ')}`;
    lines.push(
      `  ${color.dim('merged from:')} ${printable(`${from}${keys.length > 0 ? `: ${keys.join(', ')}` : ''}`)}`,
    );
  }
  for (const consent of (record.data.consents as Row[] | undefined) ?? []) {
    lines.push(
      `  ${color.dim('consent:')} ${printable(`${plain(consent.purpose)} ${plain(consent.state)} ${shortTime(consent.at)} ${plain(consent.source)}`)}`,
    );
  }
  for (const entry of historyOf(record.data)) {
    lines.push(
      `  ${color.dim(shortTime(entry.at))} ${printable(`${deedOf(entry)} ${plain(entry.by)} ${plain(entry.why)}`)}`,
    );
  }
  lines.push(...derived);
  if (record.note.trim() !== '') lines.push('', indent(printable(record.note.trim(), true), '  '));
  if (timeline.length > 0) lines.push('', color.dim('TIMELINE'));
  for (const entry of timeline) {
    const warns = Array.isArray(entry.data.warns) && entry.data.warns.includes(record.ref);
    const arrow = warns ? color.red('!') : (arrows[String(entry.data.direction)] ?? ' ');
    const state = entry.data.state ?? entry.data.outcome;
    const what = `${entry.kind === 'interaction' ? plain(entry.data.channel) : entry.kind} ${entry.kind === 'interaction' ? plain(entry.data.subject) : entry.title}`;
    lines.push(
      `${color.cyan(shortTime(momentOf(entry)))} ${arrow} ${printable(what.trim())}${state ? color.yellow(` [${printable(plain(state))}]`) : ''} ${color.dim(printable(`${plain(entry.data.by ?? entry.data.owner)} ${stem(entry.ref) ? entry.id : ''}`.trim()))}`,
    );
    for (const { path } of filesOf(entry))
      lines.push(indent(color.dim(printable(path)), '                   '));
    const note = entry.note.trim();
    if (note !== '') lines.push(indent(printable(note, true), '                   '));
  }
  return lines.join('\n');
}

function indent(text: string, pad: string): string {
  return text.replace(/^(?=.)/gm, pad);
}
