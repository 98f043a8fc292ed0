import { approvalLine } from '../../actions/campaign/approval.js';
import { type CampaignStatus, campaignStatus } from '../../actions/campaign/campaign-status.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { reasonLines } from '../shared/send-lines.js';

export const run: Handler = async (cli, [which]) => {
  const status = await campaignStatus(await cli.workspace(), which as string);
  const parts = (['sent', 'unknown', 'deferred', 'rejected', 'remaining'] as const)
    .filter((key) => status[key] > 0 || key === 'sent')
    .map((key) => `${status[key]} ${key}`);
  const leftOut = Object.values(status.left_out).reduce((sum, count) => sum + count, 0);
  const approval = approvalLine(status.approval);
  const lines = [
    `${status.title}: ${stateOf(status)}${status.began_at ? `, begun ${status.began_at.slice(0, 16).replace('T', ' ')}` : ''}`,
    `${status.audience} in the audience = ${parts.join(' + ')} + ${leftOut} left out`,
    ...reasonLines(status.left_out),
    ...(approval === undefined ? [] : [approval]),
  ];
  await cli.output.thing(status, printable(lines.join('\n'), true));
};

/** Its state; a record that calls itself approved is not, where the approval does not count. */
function stateOf({ state, approval }: CampaignStatus): string {
  const counts = approval.state === 'approved' || approval.state === 'not_needed';
  return state === 'approved' && !counts ? `approval ${approval.state}` : state;
}
