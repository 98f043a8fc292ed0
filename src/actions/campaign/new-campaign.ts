import { dirname } from 'node:path/posix';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import { anyLanguage } from '../../domain/campaigns/language.js';
import { parseMailbox } from '../../domain/campaigns/mailbox.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { ItacaError } from '../../domain/error.js';
import type { Change } from '../../workspace/records.js';
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
  /** Reference of the campaign it puts right. */
  corrects?: string;
}

/**
 * Drafts a campaign: the record, and `body.md` where a body is given.
 * @throws ItacaError `usage` for an audience that is no query, or a purpose that `itaca.yaml` does not list
 */
export async function newCampaign(input: CampaignInput, tools: Tools): Promise<Created> {
  const { workspace, actor } = tools;
  const { purposes, members } = workspace.config;
  if (purposes && !(input.purpose in purposes)) {
    throw new ItacaError('usage', `"${input.purpose}" is not a purpose`, {
      hint: `purposes are: ${Object.keys(purposes).join(', ')}`,
    });
  }
  const index = await workspace.index();
  for (const query of [input.audience, ...(input.exclude ?? [])]) index.condition(query);
  for (const address of [input.from, input.replyTo]) {
    if (address !== undefined && canonicalEmail(parseMailbox(address).address) === undefined) {
      throw new ItacaError('invalid', `"${address}" is not an e-mail address`);
    }
  }
  const { title, body, from, replyTo, channel, purpose, audience, exclude, subject, corrects } = input;
  const campaign = await newRecord(
    'campaign',
    {
      title,
      office: input.office ?? members?.[actor]?.office,
      purpose,
      channel,
      audience,
      exclude,
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
