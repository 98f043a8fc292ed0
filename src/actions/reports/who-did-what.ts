import { standingApprovals } from '../../domain/campaigns/approval.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { entryOf } from '../../domain/history/entry.js';
import { idOfPath, idOfRef } from '../../domain/records/ids.js';
import { isoInstant } from '../../domain/time/clock.js';
import { isWithin, type Period } from '../../domain/time/period.js';
import { logCommits } from '../../git/log.js';
import { findRepository } from '../../git/repository.js';
import { type FrozenPlan, readPlan } from '../../workspace/plan-file.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignJournals, leftAt } from '../campaign/campaign-journals.js';
import { sendsFolder } from '../campaign/world.js';
import { sequenceId } from '../sequence/as-campaign.js';

/** Somebody's part in a campaign. */
export interface Part {
  by: string;
  /** The last time, ISO 8601. */
  at: string;
}

export interface CampaignParts {
  /** Of the campaign. */
  ref: string;
  title: string;
  office: string | null;
  state: Campaign['state'];
  requested_by: string | null;
  /** Who wrote the record or a body, by the history; null where there is none. */
  built_by: Part[] | null;
  approved_by: Part[];
  sent_by: Part[];
  /** Messages sent in the period, and those in doubt. */
  sent: number;
  unknown: number;
  first_sent: string | null;
  last_sent: string | null;
}

/** Commands that change a campaign's record, but not what it says. */
const notBuilding = /^campaign (?:send|approve|pause|resume|resolve)\b/;

/**
 * Who asked for each campaign, who built, approved and sent it, to how many and when; the last sent first.
 * @param period of the sends; with one, campaigns that sent nothing in it are left out
 * @param warn told of journals that cannot be read
 */
export async function reportWhoDidWhat(
  workspace: Workspace,
  period: Period,
  warn: (message: string) => void,
): Promise<CampaignParts[]> {
  const { timeZone } = workspace.clock;
  const always = period.since === null && period.until === null;
  const history = await historyOf(workspace);
  const rows: CampaignParts[] = [];
  for (const { campaign, office, records } of await campaignJournals(workspace, warn)) {
    const within = records.filter((record) => isWithin(period, leftAt(record)));
    const times = within.filter(({ state }) => state === 'sent').map(leftAt);
    const unknown = within.filter(({ state }) => state === 'unknown').length;
    if (!always && times.length + unknown === 0) continue;
    const { title, state, requested_by, approvals } = campaign.data;
    const parts = history?.get(campaign.id);
    const header = parts?.sent.size ? undefined : await begun(sendsFolder(workspace, campaign), warn);
    const iso = (at: number | undefined) => (at === undefined ? null : isoInstant(at, timeZone));
    rows.push({
      ref: campaign.ref,
      title,
      office,
      state,
      requested_by: requested_by ?? null,
      built_by: history ? listed(parts?.built) : null,
      approved_by: standingApprovals(approvals).map(({ by, at }) => ({ by, at })),
      // Outside git the plan names who began.
      sent_by: header?.by ? [{ by: header.by, at: header.at }] : listed(parts?.sent),
      sent: times.length,
      unknown,
      first_sent: iso(times.reduce<number | undefined>((a, b) => Math.min(a ?? b, b), undefined)),
      last_sent: iso(times.reduce<number | undefined>((a, b) => Math.max(a ?? b, b), undefined)),
    });
  }
  const moment = ({ last_sent }: CampaignParts) =>
    last_sent === null ? Number.POSITIVE_INFINITY : Date.parse(last_sent);
  return rows.sort((a, b) => moment(b) - moment(a) || (a.ref < b.ref ? -1 : 1));
}

/** Who began a send, by its plan. */
async function begun(
  folder: string,
  warn: (message: string) => void,
): Promise<FrozenPlan['header'] | undefined> {
  try {
    return (await readPlan(folder))?.header;
  } catch (error) {
    if (!(error instanceof ItacaError)) throw error;
    warn(error.message);
    return undefined;
  }
}

interface Parts {
  /** The last time of each, the last first. */
  built: Map<string, string>;
  sent: Map<string, string>;
}

/** Who wrote and who sent each campaign, by its id, from one look at git's log; undefined outside git. */
async function historyOf({ root, config }: Workspace): Promise<Map<string, Parts> | undefined> {
  if (!(await findRepository(root))?.head) return undefined;
  const found = new Map<string, Parts>();
  for await (const commit of logCommits(root, { paths: ['campaigns', 'sequences'], files: true })) {
    // A merge brings together what others did.
    if (commit.parents.length > 1) continue;
    const { actor, at, command } = entryOf(commit, config.members);
    const touched = new Set(commit.files.flatMap(({ path }) => campaignOfFile(path) ?? []));
    for (const id of touched) {
      const parts = found.get(id) ?? { built: new Map(), sent: new Map() };
      found.set(id, parts);
      const sends = command === 'run' || command.startsWith('campaign send');
      const part = sends ? parts.sent : parts.built;
      if (part === parts.built && notBuilding.test(command)) continue;
      if (!part.has(actor)) part.set(actor, at);
    }
  }
  return found;
}

/** The id of the campaign whose record, body, plan or journal a file is, or of the sequence it belongs to. */
function campaignOfFile(path: string): string | undefined {
  const sequence = /^sequences\/([^/]+?)(?:\.yaml|\/sends\/.+|\/[^/]+\.md)$/.exec(path)?.[1];
  if (sequence !== undefined) return sequenceId(sequence);
  const folder = /^(.*\/[^/]+)\/(?:campaign|body(?:\.[^/]+)?)\.md$|^(.*\/[^/]+)\/sends\/[^/]+$/.exec(path);
  const name = folder?.[1] ?? folder?.[2];
  return name === undefined ? undefined : (idOfPath(`${name}/campaign.md`) ?? idOfRef(name));
}

function listed(parts: ReadonlyMap<string, string> | undefined): Part[] {
  return [...(parts ?? [])].map(([by, at]) => ({ by, at }));
}
