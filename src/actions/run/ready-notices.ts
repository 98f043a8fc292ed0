import { join } from 'node:path';
import { ItacaError } from '../../domain/error.js';
import { isoDate } from '../../domain/time/clock.js';
import { fillNotice } from '../../mail/notice.js';
import { readJournals } from '../../workspace/journal.js';
import { currentHolds, refuseUnreadable } from '../campaign/world.js';
import type { Tools } from '../tools.js';
import type { Notice } from './notices.js';

/** The folder of the journals of what `run` sends, in the workspace. */
export const noticesFolder = 'notices';

/** The purpose that a message to a customer about his own case serves. */
const purpose = 'service';

/** What became of a notice: as of a campaign's message; or `left_out`, or `waiting` for a later run, with the reason. */
export interface NoticeOutcome {
  kind: Notice['kind'];
  /** A member, or the id of a contact. */
  to: string;
  subject: string;
  state: 'sent' | 'unknown' | 'deferred' | 'rejected' | 'left_out' | 'waiting';
  why?: string;
}

/** A notice with what became of it. */
export function outcomeOf(
  { kind, who, subject }: Notice,
  state: NoticeOutcome['state'],
  why?: string,
): NoticeOutcome {
  return { kind, to: who, subject, state, ...(why === undefined ? {} : { why }) };
}

/**
 * Those of the notices that no journal says to have left; also those that were cut off while they left, which no run
 * has told of yet. A customer gets at most one receipt a day (RFC 3834, 2); the next one waits for tomorrow.
 * @throws ItacaError `invalid` with path and line where a journal cannot be read
 */
export async function notSent(notices: readonly Notice[], tools: Tools): Promise<Notice[]> {
  const { clock, workspace } = tools;
  const { ledger } = await readJournals(join(workspace.root, noticesFolder));
  const today = isoDate(clock.now(), clock.timeZone);
  const receivers = new Set<string>();
  for (const { state, intent } of ledger.records()) {
    const left = state === 'sent' || state === 'unknown';
    const isToday = isoDate(Date.parse(intent.at), clock.timeZone) === today;
    if (left && isToday && intent.step?.startsWith('receipt ')) receivers.add(intent.address);
  }
  return notices.filter(({ kind, canonical, key }) => {
    const known = ledger.get(canonical, key);
    if (known?.state === 'unknown') return known.outcome === undefined;
    if (known !== undefined && known.state !== 'deferred') return false;
    if (kind !== 'receipt') return true;
    if (receivers.has(canonical)) return false;
    receivers.add(canonical);
    return true;
  });
}

/**
 * Makes notices ready to leave: fills their tags, and takes out whoever must not, or cannot, be written to. What is
 * wrong with one does not hold up the others.
 */
export async function readyNotices(
  notices: readonly Notice[],
  tools: Tools,
): Promise<{ ready: Notice[]; others: NoticeOutcome[] }> {
  const ready: Notice[] = [];
  const others: NoticeOutcome[] = [];
  for (const notice of notices) {
    try {
      const filled = await filledNotice(notice);
      const objection = notice.problem ?? (await objectionTo(notice, tools));
      if (objection === undefined) ready.push(filled);
      else others.push(outcomeOf(filled, 'left_out', objection));
    } catch (error) {
      if (!(error instanceof ItacaError)) throw error;
      others.push(outcomeOf(notice, 'waiting', whyOf(error)));
    }
  }
  return { ready, others };
}

/** An error in one line, with where it is. */
export function whyOf({ path, line, message }: ItacaError): string {
  return path === undefined || message.includes(path)
    ? message
    : `${[path, line].filter((part) => part !== undefined).join(':')}: ${message}`;
}

/**
 * Why a customer must not be written to, as the suppressions stand now; undefined where he may. Members are told.
 * @throws ItacaError `refused` where a record that might say so cannot be read
 */
export async function objectionTo(
  notice: Pick<Notice, 'kind' | 'canonical'>,
  { workspace }: Pick<Tools, 'workspace'>,
): Promise<string | undefined> {
  if (notice.kind !== 'receipt') return undefined;
  const index = await workspace.look(['suppression']);
  refuseUnreadable(index, new Set());
  const [found] = currentHolds(workspace, index).suppressions.find(notice.canonical, purpose);
  return found && `suppressed: ${found.reason}`;
}

async function filledNotice(notice: Notice): Promise<Notice> {
  const { subject, text, values, path = '' } = notice;
  const filled = values ? await fillNotice({ subject, text }, values, path) : { subject, text };
  return { ...notice, ...filled, subject: filled.subject.replace(/[\x00-\x1f\x7f]+/g, ' ').trim() };
}
