import type { Campaign } from '../../domain/campaigns/campaign.js';
import { ItacaError } from '../../domain/error.js';
import { findRecord } from '../find-record.js';
import type { Created } from '../new-record.js';
import type { Tools } from '../tools.js';
import { readBodies } from './bodies.js';
import { newCampaign } from './new-campaign.js';

export interface Correction {
  /** The wrong one's with a word after it, where absent. */
  title?: string;
  /** The wrong one's where absent. */
  subject?: string;
  /** Markdown for every language; the wrong one's bodies, to be edited, where absent. */
  body?: string;
}

/**
 * Drafts a campaign to exactly those who got another one, or may have got it. Nothing is sent: the gate of every send
 * decides about each of them again.
 * @returns the draft, and how many people it is for
 * @throws ItacaError `refused` where nobody got the wrong one, `usage` for a correction that changes nothing
 */
export async function correctCampaign(
  which: string,
  { title, subject, body }: Correction,
  tools: Tools,
): Promise<{ campaign: Created; title: string; people: number }> {
  const { workspace } = tools;
  const wrong = await findRecord<Campaign>(workspace, which, ['campaign']);
  const { data, path, ref } = wrong;
  if (subject === undefined && body === undefined) {
    throw new ItacaError('usage', 'a correction says something else: give --subject, --body or both', {
      hint: `itaca campaign correct ${wrong.id} --subject "Correction: …" --body "…"`,
    });
  }
  const audience = `got:${ref}`;
  const index = await workspace.index();
  const people = index.list({ kinds: ['contact'], query: audience }).length;
  if (people === 0) {
    throw new ItacaError('refused', 'nobody got this campaign yet, so there is nothing to put right', {
      path,
      hint: 'change the campaign itself',
    });
  }
  if (data.state === 'sending' || data.state === 'paused')
    tools.warn(
      'the wrong one has not been sent to everybody: whoever gets it from now on is in the audience too',
    );
  const called = title ?? `${data.title}: correction`;
  const { purpose, channel = 'email', office, from, reply_to } = data;
  const text = body === undefined ? { bodies: textsOf(workspace.root, path) } : { body };
  const campaign = await newCampaign(
    {
      title: called,
      purpose,
      channel,
      audience,
      corrects: ref,
      ...text,
      ...((subject ?? data.subject) === undefined ? {} : { subject: subject ?? data.subject }),
      ...(office === undefined ? {} : { office }),
      ...(from === undefined ? {} : { from }),
      ...(reply_to === undefined ? {} : { replyTo: reply_to }),
    },
    tools,
  );
  return { campaign, title: called, people };
}

function textsOf(root: string, path: string): Map<string, string> {
  return new Map([...readBodies(root, path)].map(([language, { text }]) => [language, text]));
}
