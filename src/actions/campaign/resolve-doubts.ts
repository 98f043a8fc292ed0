import type { Campaign } from '../../domain/campaigns/campaign.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import { type Decision, outcomesOf } from '../../domain/sending/decide.js';
import { readJournals } from '../../workspace/journal.js';
import { findRecord } from '../find-record.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import type { Tools } from '../tools.js';
import { type Doubt, doubtsOf } from './doubts.js';
import { fileSends, isSettled } from './file-sends.js';
import { sendsFolder } from './world.js';

export interface Answer {
  /** Addresses whose messages left, or `all` that are in doubt. */
  sent: readonly string[] | 'all';
  /** Addresses whose messages did not. */
  notSent: readonly string[] | 'all';
  why?: string;
}

export interface Resolved {
  id: string;
  ref: string;
  title: string;
  /** Decisions of this command. */
  sent: number;
  not_sent: number;
  /** Still in doubt after it. */
  unknown: number;
  /** Those that were in doubt before it. */
  messages: (Doubt & { decided: 'sent' | 'not_sent' | null })[];
}

/**
 * Lists the messages of a campaign that are in doubt, and writes down what a person says became of them. Nothing is
 * sent by it; one that did not leave may be tried by the next send.
 * @throws ItacaError `not_found` for an address that is not in doubt, and then nothing is written; `usage` for one that
 *   is said to be both; `locked` while a send runs
 */
export async function resolveDoubts(
  which: string,
  answer: Answer,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<Resolved> {
  const { workspace } = tools;
  const campaign = await findRecord<Campaign>(workspace, which, ['campaign']);
  const folder = sendsFolder(workspace, campaign);
  const { ledger } = await readJournals(folder);
  const doubts = await doubtsOf(workspace, campaign, [...ledger.records()], environment);
  const decisions = decisionsOf(doubts, answer, tools.actor);
  const said = new Map(decisions.map(({ address, sent }) => [address, sent]));
  const messages = doubts.map((doubt): Resolved['messages'][number] => {
    const sent = said.get(doubt.address);
    return { ...doubt, decided: sent === undefined ? null : sent ? 'sent' : 'not_sent' };
  });
  const sent = decisions.filter((one) => one.sent).length;
  const { id, ref, title } = campaign;
  const resolved = {
    id,
    ref,
    title,
    sent,
    not_sent: decisions.length - sent,
    unknown: doubts.length - decisions.length,
    messages,
  };
  if (decisions.length === 0 || tools.dryRun) return resolved;
  if (decisions.length >= 3) await tools.confirm(`Decide about ${decisions.length} messages?`);

  const journal = await openJournal({ folder, campaignId: id }, environment, tools);
  let settled: boolean;
  try {
    await journal.conclude(outcomesOf(journal.ledger, decisions, nowIso(tools)));
    settled = await isSettled(folder, journal.ledger);
  } finally {
    await journal.close();
  }
  const subject = `campaign resolve ${id}: ${decisions.length} decided`;
  await fileSends(campaign, { settled, folder, subject }, tools);
  return resolved;
}

function decisionsOf(doubts: readonly Doubt[], { sent, notSent, why }: Answer, by: string): Decision[] {
  const named = (which: Answer['sent']) =>
    which === 'all'
      ? doubts.map(({ address }) => address)
      : which.map((text) => {
          const canonical = canonicalEmail(text) ?? text;
          const doubt = doubts.find(({ address, ref }) => address === canonical || ref === text);
          if (doubt) return doubt.address;
          throw new ItacaError('not_found', `no message to "${text}" is in doubt`, {
            hint: 'itaca campaign resolve <campaign> lists those that are',
          });
        });
  const decided = new Map(named(sent).map((address) => [address, true]));
  for (const address of named(notSent)) {
    if (decided.has(address))
      throw new ItacaError('usage', `the message to ${address} cannot be both sent and not sent`);
    decided.set(address, false);
  }
  return [...decided].map(([address, left]) => ({
    address,
    sent: left,
    by,
    ...(why === undefined ? {} : { why }),
  }));
}
