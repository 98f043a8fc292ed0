import type { Case } from '../../domain/cases/case.js';
import { type CaseFile, isAnswer } from '../../domain/cases/case-file.js';
import { type NextDeadline, nextDeadline } from '../../domain/cases/clocks.js';
import { historyOf } from '../../domain/cases/history-of.js';
import { machine } from '../../domain/cases/raise.js';
import { inLanguage, languageOfWording } from '../../domain/cases/wording.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { isUnread } from '../../domain/contacts/unread-address.js';
import { languageOf } from '../../domain/inbox/language.js';
import { idOfRef } from '../../domain/records/ids.js';
import { isoDate } from '../../domain/time/clock.js';
import { localeFor } from '../../mail/local-values.js';
import type { Index } from '../../workspace/index/index.js';
import { listed } from '../../workspace/index/row.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { type JudgedCase, judgedCases } from '../cases/judged-cases.js';
import { type DueRow, listDue } from '../list-due.js';

/** A mail that `run` owes somebody. */
export interface Notice {
  /** The same for the same mail in every clone and at every run. */
  key: string;
  kind: 'escalation' | 'reminder' | 'receipt';
  /** A member's name in `itaca.yaml`, or the id of a contact. */
  who: string;
  name: string;
  address: string;
  canonical: string;
  /** For a receipt with Liquid tags, which `values` fill; as it stands otherwise. */
  subject: string;
  text: string;
  values?: Record<string, unknown>;
  /** The file that the text stands in, for errors. */
  path?: string;
  /** Message-ID of the mail that it answers. */
  answers?: string;
  /** Why it cannot go whatever comes; the address is empty then, or one that nobody reads. */
  problem?: string;
}

const dayMs = 86_400_000;

/** A receipt that comes later is none. */
const receiptDays = 3;

/** A word that a person raised a case is owed so long: what was raised before `run` was set up is known by now. */
const raisedDays = 7;

/** All mails that are owed now, whether they were sent already or not. */
export async function noticesOwed(workspace: Workspace): Promise<Notice[]> {
  const index = await workspace.index();
  const { judged } = await judgedCases(index.openCases(), index, workspace);
  return [
    ...receipts(judged, index, workspace),
    ...escalations(judged, workspace),
    ...reminders(await listDue(workspace, {}), workspace),
  ];
}

/** To the customer, with the number of his case, in the order of opening; none once he has an answer (RFC 3834). */
function receipts(judged: readonly JudgedCase[], index: Index, workspace: Workspace): Notice[] {
  const { now, timeZone } = workspace.clock;
  const languages = workspace.config.languages ?? [];
  const inOrder = [...judged].sort(
    (a, b) => (a.kase.at ?? 0) - (b.kase.at ?? 0) || (a.kase.id < b.kase.id ? -1 : 1),
  );
  return inOrder.flatMap(({ kase, file, process, clocks }): Notice[] => {
    const { data } = kase;
    const receipt = process?.receipt;
    const contact = data.contact ? index.get(idOfRef(data.contact) ?? '') : undefined;
    const address = listed(contact?.data.emails, 'address')[0];
    const canonical = address === undefined ? undefined : canonicalEmail(address);
    if (!receipt || !contact || address === undefined || canonical === undefined) return [];
    const opened = Date.parse(data.opened_at);
    const late = now() - opened > receiptDays * dayMs;
    const mail = firstMail(file, index);
    if (late || file.interactions.some(isAnswer) || isAutomatic(mail?.data)) return [];
    const { message_id: answers } = mail?.data ?? {};
    // Of whom no language is on file is answered in the one he wrote in.
    const own = [contact.data.language, languageOf(mail?.note ?? '')].filter(
      (one) => typeof one === 'string',
    );
    const read = [...own, ...languages];
    const text = languageOfWording(receipt.text, read) ?? languages[0] ?? 'en';
    return [
      {
        key: `receipt ${kase.id}`,
        kind: 'receipt',
        who: contact.id,
        name: contact.title,
        address,
        canonical,
        ...(isUnread(address) ? { problem: 'nobody reads what is sent to this address' } : {}),
        ...(typeof answers === 'string' ? { answers } : {}),
        subject: inLanguage(receipt.subject, read),
        text: inLanguage(receipt.text, read),
        path: `processes/${process.type}.yaml`,
        values: {
          locale: localeFor(contact.data, text, timeZone),
          contact: { ...contact.data, id: contact.id },
          case: {
            id: kase.id,
            title: data.title,
            opened: data.opened_at.slice(0, 10),
            due: stillToCome(nextDeadline(clocks, timeZone)),
            owner: ownerName(data, workspace),
          },
          sender: { name: workspace.config.name ?? '' },
        },
      },
    ];
  });
}

/** The day of a deadline; none where it has passed, for nobody is promised the past. */
function stillToCome({ due_at, overdue }: NextDeadline): string {
  return due_at === null || overdue ? '' : due_at.slice(0, 10);
}

/** The first e-mail of the customer in a case. */
function firstMail({ interactions }: CaseFile, index: Index): StoredRecord | undefined {
  const mail = interactions.find(({ direction, channel }) => direction === 'inbound' && channel === 'email');
  return mail && index.get(idOfRef(mail.ref) ?? '');
}

/** Whether a machine wrote a mail, by the header that it is filed with: machines do not answer machines (RFC 3834, 2). */
function isAutomatic(mail: Record<string, unknown> | undefined): boolean {
  const said = mail?.auto_submitted;
  return typeof said === 'string' && !/^\s*no\s*(?:;|$)/i.test(said);
}

function ownerName({ owner }: Case, { config }: Workspace): string {
  return owner === undefined ? '' : (config.members?.[owner]?.name ?? owner);
}

/**
 * To the members whom a step of an escalation tells, or a person who raised a case in these days: of each case the last
 * step for each of them, for after a missed day nobody wants them one by one.
 */
function escalations(judged: readonly JudgedCase[], workspace: Workspace): Notice[] {
  const isRecent = (at: string) => workspace.clock.now() - Date.parse(at) < raisedDays * dayMs;
  return judged.flatMap(({ kase }) => {
    const steps = historyOf(kase.data)
      .filter(({ activity, at, by }) => activity === 'escalate' && (by === machine || isRecent(at)))
      .sort((a, b) => Number(a.level) - Number(b.level) || Date.parse(a.at) - Date.parse(b.at));
    const lastFor = new Map(
      steps.flatMap((entry) =>
        String(entry.notify ?? '')
          .split(', ')
          .filter((member) => member !== entry.by)
          .map((member) => [member, entry] as const),
      ),
    );
    return [...lastFor].flatMap(([member, entry]) =>
      toMember(member, workspace, escalationOf(kase, entry, member)),
    );
  });
}

function escalationOf(
  { id, data }: JudgedCase['kase'],
  entry: ReturnType<typeof historyOf>[number],
  member: string,
): Pick<Notice, 'key' | 'kind' | 'subject' | 'text'> {
  const by = entry.by === machine ? '' : ` by ${entry.by ?? 'somebody'}`;
  return {
    key: `escalation ${String(entry.id ?? `${id} ${entry.at}`)} ${member}`,
    kind: 'escalation',
    subject: `[level ${String(entry.level)}] ${data.title}`,
    text: [
      `${data.title} (${data.type ?? 'case'}, ${data.state.replace('_', ' ')})`,
      '',
      `Raised to level ${String(entry.level)}${by}: ${entry.why ?? ''}.`,
      `Owner: ${data.owner ?? 'nobody'}. Opened: ${data.opened_at.slice(0, 16).replace('T', ' ')}.`,
      '',
      `itaca case show ${id}`,
      '',
    ].join('\n'),
  };
}

/** To each member, once a day, what is due today or overdue. */
function reminders(due: readonly DueRow[], workspace: Workspace): Notice[] {
  const { now, timeZone } = workspace.clock;
  const today = isoDate(now(), timeZone);
  const dayOf = ({ due }: DueRow) => (due.includes('T') ? isoDate(Date.parse(due), timeZone) : due);
  const pressing = due.filter((row) => row.overdue || dayOf(row) <= today);
  return Object.keys(workspace.config.members ?? {}).flatMap((member) => {
    const mine = pressing.filter(({ by }) => by === member);
    if (mine.length === 0) return [];
    const late = mine.filter(({ overdue }) => overdue).length;
    return toMember(member, workspace, {
      key: `reminder ${today} ${member}`,
      kind: 'reminder',
      subject: `${mine.length} due${late > 0 ? `, ${late} of them late` : ''}`,
      text: [
        ...mine.map(
          (row) =>
            `${row.overdue ? 'LATE ' : '     '}${row.due.slice(0, 16).replace('T', ' ')}  ${row.what}${row.for ? ` (${row.for})` : ''}`,
        ),
        '',
        'itaca due --mine',
        '',
      ].join('\n'),
    });
  });
}

function toMember(
  member: string,
  { config }: Workspace,
  notice: Pick<Notice, 'key' | 'kind' | 'subject' | 'text'>,
): Notice[] {
  const known = config.members?.[member];
  if (!known) return [];
  const [address = ''] = known.emails ?? [];
  const canonical = canonicalEmail(address);
  const to = { ...notice, who: member, name: known.name ?? member, address, canonical: canonical ?? '' };
  return [canonical === undefined ? { ...to, problem: `itaca.yaml has no e-mail address of ${member}` } : to];
}
