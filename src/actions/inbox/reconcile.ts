import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import fg from 'fast-glob';
import { erasedPath } from '../../domain/erasure/redact-ledger.js';
import type { BookedMessage, InboxBook } from '../../domain/inbox/book.js';
import type { ReceivedLine } from '../../domain/inbox/ledger.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoDate } from '../../domain/time/clock.js';
import { erasedIds } from '../../workspace/erasures.js';
import { insideWorkspace } from '../../workspace/files.js';
import { readInbox } from '../../workspace/inbox-ledger.js';
import type { Index } from '../../workspace/index/index.js';
import type { Workspace } from '../../workspace/workspace.js';
import { inParallel } from '../in-parallel.js';
import { messageDeadlines } from './deadline.js';
import { headOf } from './head.js';
import { keptEndings } from './letter.js';
import type { OpenedSource } from './pull-inbox.js';

/** The account of a source on a day. received = filed + dismissed + waiting. */
export interface DayAccount {
  source: string;
  /** On which the messages arrived, `YYYY-MM-DD`. */
  day: string;
  received: number;
  filed: number;
  dismissed: number;
  waiting: number;
  /** Of those that wait: past the target of their channel. */
  overdue: number;
  /** Messages that are not accounted for. */
  unaccounted: number;
}

/** A message that is not accounted for, or waits too long. */
export interface InboxFinding {
  /** Of the message; null where not even that is known. */
  id: string | null;
  source: string;
  day: string | null;
  path: string | null;
  from: string | null;
  subject: string | null;
  problem: 'overdue' | 'missing_file' | 'changed_file' | 'missing_record' | 'missing_line' | 'not_taken_in';
  message: string;
}

export interface Reconciliation {
  days: DayAccount[];
  findings: InboxFinding[];
  /** Sources that were asked what they hold now. */
  compared: string[];
}

/**
 * Proves that what came in is accounted for: each message that a ledger names is kept as it came, and filed in records
 * that are there, dismissed with a reason, or waiting within its time; nothing is kept that no ledger names; and what the
 * opened sources hold is on file.
 * @param since only what arrived from then on, `YYYY-MM-DD`
 */
export async function reconcileInbox(
  workspace: Workspace,
  sources: readonly OpenedSource[],
  { since }: { since?: string | undefined } = {},
): Promise<Reconciliation> {
  const { root, clock } = workspace;
  const gaps = new Gaps();
  const book = await readInbox(root, (line, ledger) => {
    if (line.event === 'received') gaps.note(ledger, line);
  });
  const index = await workspace.index();
  const erased = erasedIds(root);
  const { dueOf } = await messageDeadlines(workspace);
  const dayOf = ({ received_at }: ReceivedLine) => isoDate(Date.parse(received_at), clock.timeZone);
  const messages = [...book.messages()].filter(
    ({ received }) => since === undefined || dayOf(received) >= since,
  );
  const findings: InboxFinding[] = [];
  const accounts = new Map<string, DayAccount>();
  const accountOf = (source: string, day: string): DayAccount => {
    const key = `${source}\0${day}`;
    const known = accounts.get(key) ?? {
      source,
      day,
      received: 0,
      filed: 0,
      dismissed: 0,
      waiting: 0,
      overdue: 0,
      unaccounted: 0,
    };
    accounts.set(key, known);
    return known;
  };
  const checked: (Pick<InboxFinding, 'problem' | 'message'> | undefined)[] = [];
  await inParallel(messages, 16, async (one, i) => {
    checked[i] = await problemOf(one, root, index, erased);
  });
  messages.forEach((one, i) => {
    const { received, state } = one;
    const day = dayOf(received);
    const account = accountOf(received.source, day);
    account.received++;
    account[state]++;
    const find = (problem: InboxFinding['problem'], message: string) => {
      const { from, subject } = nameOf(one, root, index);
      const { source, path, message: id } = received;
      findings.push({ id, source, day, path, from, subject, problem, message });
    };
    const found = checked[i];
    if (found) {
      account.unaccounted++;
      find(found.problem, found.message);
    }
    if (state === 'waiting' && dueOf(received) < clock.now()) {
      account.overdue++;
      find('overdue', `it waits since ${received.received_at}: ${received.why}`);
    }
  });
  if (since === undefined) findings.push(...(await strangers(root, book)), ...gaps.findings());
  const compared: string[] = [];
  for (const { about, source } of sources) {
    for await (const place of source.places())
      if (!book.knows(about.name, place))
        findings.push({
          id: null,
          source: about.name,
          day: null,
          path: place,
          from: null,
          subject: null,
          problem: 'not_taken_in',
          message: 'it lies in the source and is not on file: itaca inbox pull',
        });
    compared.push(about.name);
  }
  const days = [...accounts.values()].sort((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.source < b.source ? -1 : 1,
  );
  return { days, findings, compared };
}

/** What is wrong with what is kept of a message, or with what it is filed in. */
async function problemOf(
  { received, decision }: BookedMessage,
  root: string,
  index: Index,
  erased: ReadonlySet<string>,
): Promise<Pick<InboxFinding, 'problem' | 'message'> | undefined> {
  // It came, and what was kept of it is erased with whoever wrote it.
  if (received.path === erasedPath) return undefined;
  const file = insideWorkspace(root, received.path);
  if (!existsSync(file))
    return { problem: 'missing_file', message: `what was kept of it is gone: ${received.path}` };
  if ((await hashOf(file)) !== received.kept_sha256)
    return { problem: 'changed_file', message: `what was kept of it was changed: ${received.path}` };
  const gone = (decision?.event === 'filed' ? decision.records : []).find((ref) => {
    const id = idOfRef(ref);
    return id !== undefined && index.get(id) === undefined && !erased.has(id);
  });
  return gone === undefined
    ? undefined
    : { problem: 'missing_record', message: `the record that it is filed in is gone: ${gone}` };
}

/** What a message is called: by its header, or where that is gone by the record that it is filed in. */
function nameOf(
  { received, decision }: BookedMessage,
  root: string,
  index: Index,
): Pick<InboxFinding, 'from' | 'subject'> {
  const head = headOf(root, received.path, received.place);
  if (head.from !== null || head.subject !== '' || decision?.event !== 'filed') return head;
  const [filed] = decision.records.flatMap((ref) => index.get(idOfRef(ref) ?? '') ?? []);
  const [contact] = Array.isArray(filed?.data.contacts) ? filed.data.contacts : [];
  return { from: typeof contact === 'string' ? contact : null, subject: filed?.title ?? null };
}

/** What is kept, or decided about, although no line says that it came. */
async function strangers(root: string, book: InboxBook): Promise<InboxFinding[]> {
  const kept = await fg(`attachments/mail/**/*{${keptEndings.join(',')}}`, {
    cwd: root,
    onlyFiles: true,
    followSymbolicLinks: false,
  });
  const found = new Map(book.strangers().map(({ message, lines }) => [message, lines[0]?.event ?? '']));
  for (const path of kept) {
    const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
    if (!book.get(id)) found.set(id, path);
  }
  return [...found].map(([id, what]) => ({
    id,
    source: '',
    day: null,
    path: what.includes('/') ? what : null,
    from: what.includes('/') ? headOf(root, what).from : null,
    subject: what.includes('/') ? headOf(root, what).subject : null,
    problem: 'missing_line',
    message: `no ledger says that it came${what.includes('/') ? `, and ${what} is kept of it` : ''}`,
  }));
}

/** Lines that were taken out of a ledger: what it received is counted through. */
class Gaps {
  readonly #last = new Map<string, number>();
  readonly #findings: InboxFinding[] = [];

  note(ledger: string, { n, source }: ReceivedLine): void {
    const last = this.#last.get(ledger) ?? 0;
    if (n > last + 1)
      this.#findings.push({
        id: null,
        source,
        day: null,
        path: `inbox/${ledger}`,
        from: null,
        subject: null,
        problem: 'missing_line',
        message: `${n - last - 1} lines were taken out of inbox/${ledger}, after the ${last}th: restore them from git`,
      });
    this.#last.set(ledger, Math.max(n, last));
  }

  findings(): InboxFinding[] {
    return this.#findings;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
