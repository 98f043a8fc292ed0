import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Classification } from '../domain/inbox/classification.js';
import { classifyMessage } from '../domain/inbox/classify.js';
import { parseMessage } from '../mail/parse-message.js';

/** How often something is right. */
export interface Figure {
  what: string;
  /** Share that is to be reached, from 0 to 1. */
  reach: number;
  right: number;
  all: number;
}

interface Label {
  file: string;
  kind: string;
  recipients: string;
  hard: string;
  action: string;
}

const isBounce = new Set(['hard', 'soft', 'mixed', 'bounce']);
const kinds: Readonly<Record<string, readonly string[]>> = {
  complaint: ['complaint'],
  autoreply: ['autoreply'],
  rejected: ['autoreply'],
  human: ['person'],
  // A list's mail is written by a person, to many.
  'human-list': ['person', 'bulk'],
  bulk: ['bulk'],
  'pec-accettazione': ['receipt'],
  'pec-avvenuta-consegna': ['receipt'],
  'pec-errore-consegna': ['receipt'],
  'pec-posta-certificata': ['person'],
};

const rows = [
  ['bounces recognised', 0.97],
  ['their recipients exactly right', 0.95],
  ['hard or soft right', 0.93],
  ['other mail not taken for a bounce', 0.99],
  ['automatic replies', 1],
  ['abuse reports', 1],
  ['certified mail: receipts, and the mail of persons', 1],
  ['newsletters', 0.9],
  ['mail of persons and lists', 0.97],
  ['bounces of a mailbox recognised', 0.97],
] as const;

/** How well labelled messages of others are told; undefined where the data is not there. */
export async function mailFigures(data: string): Promise<Figure[] | undefined> {
  const folder = join(data, 'mail');
  if (!existsSync(join(folder, 'labels.csv'))) return undefined;
  const figures = new Map(rows.map(([what, reach]) => [what, { what, reach, right: 0, all: 0 }]));
  const count = (what: (typeof rows)[number][0], right: boolean) => {
    const figure = figures.get(what)!;
    figure.all++;
    if (right) figure.right++;
  };
  const labels: Label[] = parse(readFileSync(join(folder, 'labels.csv')), { columns: true });
  for (const label of labels) {
    const raw = readFileSync(join(folder, label.file));
    const found = classifyMessage(await parseMessage(raw));
    if (!isBounce.has(label.kind)) {
      count('other mail not taken for a bounce', found.kind !== 'bounce');
      count(rowOf(label.kind), kinds[label.kind]!.includes(found.kind));
      continue;
    }
    // Whether a system goes on trying, labels and reports do not always agree.
    const waits = found.kind === 'delayed' && label.action.includes('delayed');
    count('bounces recognised', found.kind === 'bounce' || waits);
    // Addresses of labels that stand nowhere in the message were made up, or cut short, by the tool that labelled it.
    const recipients = label.recipients.toLowerCase().split(';').filter(Boolean);
    if (recipients.length === 0 || !recipients.every((one) => holds(raw, one))) continue;
    const named = new Set(found.bounces.map(({ recipient }) => recipient));
    count('their recipients exactly right', same(named, new Set(recipients)));
    for (const [index, hard] of label.hard.split(';').entries())
      if (hard !== '') count('hard or soft right', hardness(found, recipients[index]!) === (hard === '1'));
  }
  for (const raw of mailbox(readFileSync(join(folder, 'mbox/mbox-0.mbox'))))
    count('bounces of a mailbox recognised', classifyMessage(await parseMessage(raw)).kind === 'bounce');
  return [...figures.values()];
}

function rowOf(kind: string): (typeof rows)[number][0] {
  if (kind === 'autoreply' || kind === 'rejected') return 'automatic replies';
  if (kind === 'complaint') return 'abuse reports';
  if (kind.startsWith('pec-')) return 'certified mail: receipts, and the mail of persons';
  return kind === 'bulk' ? 'newsletters' : 'mail of persons and lists';
}

function hardness({ bounces }: Classification, recipient: string): boolean | undefined {
  const one =
    bounces.find((bounce) => bounce.recipient === recipient) ??
    (bounces.length === 1 ? bounces[0] : undefined);
  return one?.hard;
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** Whether a message holds an address as such, not as a piece of another one. */
function holds(raw: Buffer, address: string): boolean {
  const escaped = address.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![a-z0-9._-])${escaped}(?![a-z0-9-])`, 'i').test(raw.toString('latin1'));
}

function mailbox(raw: Buffer): Buffer[] {
  return raw
    .toString('latin1')
    .split(/^(?=From \S+ .*\d{4}\r?$)/m)
    .filter((one) => one.trim() !== '')
    .map((one) => Buffer.from(one, 'latin1'));
}
