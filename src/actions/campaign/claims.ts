import { join, relative } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { type IntentLine, type JournalLine, parseLine } from '../../domain/sending/journal-line.js';
import type { LeaseRecords } from '../../git/lease.js';
import { fetchUpstream, upstreamOf } from '../../git/remote.js';
import { findRepository } from '../../git/repository.js';
import type { JournalPlace, SendJournal } from '../../workspace/journal.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { DeliverInput } from '../deliver.js';
import { nowIso } from '../new-record.js';
import { openJournal } from '../open-journal.js';
import { type TeamLease, unpublished } from '../run/team-lease.js';
import { sync } from '../sync.js';
import type { Tools } from '../tools.js';
import { exclusively } from '../write.js';
import { sendsFolder } from './world.js';

/** The journal of a send whose intents are known to the team before their messages leave. */
export interface Claims {
  journal: DeliverInput['journal'];
  claim?: NonNullable<DeliverInput['claim']>;
}

/** First line of what is added to a lease: the journal that the others belong to. */
interface Whose {
  /** Id of the campaign, or what else the journal is called by. */
  journal: string;
  /** Its folder in the workspace. */
  folder: string;
}

/**
 * Adds to the team's lease what is about to leave, and what became of what left; and takes in what the others published
 * meanwhile, such as an unsubscribe. So another clone that takes the lease over knows of every message.
 * @param team undefined where no lease is needed: then nothing is claimed
 */
export async function claimsOf(
  journal: SendJournal,
  { campaignId, folder }: Pick<JournalPlace, 'campaignId' | 'folder'>,
  team: TeamLease | undefined,
  tools: Tools,
): Promise<Claims> {
  if (!team) return { journal };
  const { root } = tools.workspace;
  const whose: Whose = { journal: campaignId, folder: relative(root, folder) };
  const repository = await findRepository(root);
  const upstream = repository && (await upstreamOf(repository));
  let seen = upstream && (await fetchUpstream(root, upstream));
  let heard: JournalLine[] = [];
  return {
    journal: {
      ledger: journal.ledger,
      intend: (intents) => journal.intend(intents),
      async conclude(outcomes) {
        const lines = await journal.conclude(outcomes);
        heard.push(...lines);
        return lines;
      },
    },
    async claim(intents) {
      const lines = [whose, ...heard, ...intents];
      heard = [];
      await team.lease.add(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      if (!upstream) return;
      const published = await fetchUpstream(root, upstream);
      if (published === seen) return;
      const result = await exclusively(tools, () => sync(tools));
      if (!result.pushed) throw unpublished(result);
      seen = await fetchUpstream(root, upstream);
    },
  };
}

/**
 * Puts on record what other clones had added to a lease that was taken from them: what became of their messages, and
 * those that were claimed and nothing more is known of as `unknown`, which are never sent again by themselves.
 */
export async function inherit(
  inherited: readonly LeaseRecords[],
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<void> {
  const { workspace } = tools;
  for (const { holder, records } of inherited) {
    const byJournal = new Map<
      string,
      { place: Pick<JournalPlace, 'campaignId' | 'folder'>; lines: JournalLine[] }
    >();
    for (const record of records) {
      const [first = '', ...rest] = record.split('\n');
      const place = await placeOf(first, workspace);
      if (!place) {
        tools.warn(
          `${holder.who} sent for ${holder.what}, which nobody published: its journal is missing here`,
        );
        continue;
      }
      const known = byJournal.get(place.folder) ?? { place, lines: [] };
      known.lines.push(...linesOf(rest, holder, tools));
      byJournal.set(place.folder, known);
    }
    for (const { place, lines } of byJournal.values()) {
      const journal = await openJournal(place, environment, tools);
      try {
        await journal.adopt(lines);
        const open = lines.filter(
          (line): line is IntentLine =>
            line.event === 'intent' && journal.ledger.outcomeOf(line.id) === undefined,
        );
        await journal.conclude(
          open.map(({ id, message_id, address }) => ({
            event: 'unknown',
            at: nowIso(tools),
            intent: id,
            message_id,
            address,
            reply: `${holder.who} was about to send it when the lease was taken over`,
          })),
        );
      } finally {
        await journal.close();
      }
    }
  }
}

/** The journal that a record of the lease belongs to, in this workspace; what it says is not trusted. */
async function placeOf(
  first: string,
  workspace: Workspace,
): Promise<Pick<JournalPlace, 'campaignId' | 'folder'> | undefined> {
  let said: Partial<Record<keyof Whose, unknown>>;
  try {
    said = JSON.parse(first) as typeof said;
  } catch {
    return undefined;
  }
  const { journal, folder } = said;
  if (typeof journal !== 'string' || typeof folder !== 'string') return undefined;
  const campaign = (await workspace.index()).get(journal);
  if (campaign?.kind === 'campaign') {
    const record = campaign as unknown as StoredRecord<Campaign>;
    return { campaignId: campaign.id, folder: sendsFolder(workspace, record) };
  }
  const own =
    /^(?:notices|flushes|sequences\/[\p{L}\p{N}_-]+\/sends)$/u.test(folder) && /^[\w-]+$/.test(journal);
  return own ? { campaignId: journal, folder: join(workspace.root, folder) } : undefined;
}

function linesOf(lines: readonly string[], { who }: LeaseRecords['holder'], tools: Tools): JournalLine[] {
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const read = parseLine<JournalLine>(line);
      if (typeof read !== 'string') return [read];
      tools.warn(`what ${who} added to the lease cannot be read: ${read}`);
      return [];
    });
}
