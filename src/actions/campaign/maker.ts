import type { Recipient } from '../../domain/campaigns/plan.js';
import type { OutgoingMessage } from '../../mail/transport.js';
import type { Workspace } from '../../workspace/workspace.js';
import { composerFor, isByFile } from './channel.js';
import { composerFrom, composerSource, peopleOf } from './compose.js';
import { composeThread } from './compose-thread.js';
import type { CampaignPlan } from './plan-campaign.js';

/** From so many recipients on, another thread makes the messages: it takes a moment to start. */
const threadFrom = 500;

/** Makes a campaign's messages while others leave. */
export interface Maker {
  messageId(recipient: Recipient): string;
  message(recipient: Recipient, token: string): Promise<OutgoingMessage>;
  close(): Promise<void>;
}

/** Gets ready to make a campaign's messages; throws as `composerFor`. */
export async function openMaker(
  workspace: Workspace,
  plan: CampaignPlan,
  environment: NodeJS.ProcessEnv,
): Promise<Maker> {
  if (isByFile(plan.campaign)) {
    const composer = await composerFor(workspace, plan, environment);
    return {
      ...composer,
      message: (recipient, token) => composer.message(recipient, token),
      async close() {},
    };
  }
  const source = await composerSource(workspace, plan, environment);
  const personOf = await peopleOf(workspace, source);
  const { messageId, message } = await composerFrom(source, personOf);
  const thread = plan.plan.recipients.length < threadFrom ? undefined : await composeThread(source, personOf);
  return {
    messageId,
    message: thread?.message ?? ((recipient, token) => message(recipient, token)),
    close: async () => thread?.close(),
  };
}
