import { dirname } from 'node:path/posix';
import { ruleFor } from '../../domain/campaigns/approval-rule.js';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { anyLanguage } from '../../domain/campaigns/language.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Change, StoredRecord } from '../../workspace/records.js';
import { type Created, newRecord } from '../new-record.js';
import type { Tools } from '../tools.js';
import { write } from '../write.js';

export interface CampaignInput {
  title: string;
  purpose: string;
  /** A query. */
  audience: string;
  exclude?: string[];
  channel: 'email' | 'letter' | 'phone';
  subject?: Campaign['subject'];
  /** Markdown for `body.md`. */
  body?: string;
  /** Markdown by language, `*` for every other; instead of `body`. */
  bodies?: ReadonlyMap<string, string>;
  office?: string;
  from?: string;
  replyTo?: string;
  /** What it is an issue of. */
  series?: string;
  /** Reference of the campaign it puts right. */
  corrects?: string;
}

/**
 * Drafts a campaign: the record, and `body.md` where a body is given.
 * @throws ItacaError `usage` for an audience that is no query, or a purpose that `itaca.yaml` does not list
 */
export async function newCampaign(input: CampaignInput, tools: Tools): Promise<Created> {
  const { workspace, actor } = tools;
  const { purposes, members, offices } = workspace.config;
  if (purposes && !(input.purpose in purposes)) {
    throw new ItacaError('usage', `"${input.purpose}" is not a purpose`, {
      hint: `purposes are: ${Object.keys(purposes).join(', ')}`,
    });
  }
  if (input.office !== undefined && offices && !(input.office in offices)) {
    throw new ItacaError('usage', `"${input.office}" is not an office`, {
      hint: `offices are: ${Object.keys(offices).join(', ')}`,
    });
  }
  const index = await workspace.index();
  for (const query of [input.audience, ...(input.exclude ?? [])]) index.condition(query);
  for (const address of [input.from, input.replyTo]) {
    if (address !== undefined && canonicalEmail(parseMailbox(address).address) === undefined) {
      throw new ItacaError('invalid', `"${address}" is not an e-mail address`);
    }
  }
  await warnOfDoubts(input, tools);
  const { title, body, from, replyTo, channel, purpose, audience, exclude, series, subject, corrects } =
    input;
  const campaign = await newRecord(
    'campaign',
    {
      title,
      office: input.office ?? members?.[actor]?.office,
      purpose,
      channel,
      audience,
      exclude,
      series,
      subject,
      from,
      reply_to: replyTo,
      state: 'draft',
      requested_by: actor,
      corrects,
    },
    { title },
    tools,
  );
  const changes: Change[] = [campaign];
  const bodies = body === undefined ? (input.bodies ?? new Map()) : new Map([[anyLanguage, body]]);
  for (const [language, text] of bodies) {
    const name = language === anyLanguage ? 'body.md' : `body.${language}.md`;
    changes.push({ op: 'write', path: `${dirname(campaign.path)}/${name}`, text: `${text.trimEnd()}\n` });
  }
  await write(changes, { subject: `${tools.command} ${campaign.id}` }, tools);
  return campaign;
}

/** Tells what may be meant, and will surprise later: a title twice, nobody to write to, an approval to wait for. */
async function warnOfDoubts(
  { title, audience, exclude = [], purpose }: CampaignInput,
  tools: Tools,
): Promise<void> {
  const { workspace, warn } = tools;
  const index = await workspace.index();
  const [twin] = (index.list({ kinds: ['campaign'] }) as unknown as StoredRecord<Campaign>[]).filter(
    (one) => one.title === title && one.data.state !== 'cancelled',
  );
  if (twin)
    warn(
      `"${title}" is the title of ${twin.ref} (${twin.data.state}), too: name them by id, or give this one another`,
    );
  const people = new Set(index.ids('contact', audience));
  if (people.size === 0) warn('nobody is in the audience yet');
  const before = people.size;
  for (const query of exclude) for (const id of index.ids('contact', query)) people.delete(id);
  if (before > 0 && people.size === 0) warn('everybody in the audience is excluded');
  const rule = ruleFor(workspace.config, purpose, people.size);
  if (rule)
    warn(
      `itaca.yaml asks for an approval by ${rule.rule === 'other_office' ? 'a member of another office' : 'another member'} before it is sent`,
    );
}
