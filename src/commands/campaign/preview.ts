import { writeFileSync } from 'node:fs';
import { approvalLine, approvalOfPlan } from '../../actions/campaign/approval.js';
import { composerFor } from '../../actions/campaign/channel.js';
import { withPictures } from '../../actions/campaign/compiled.js';
import { sinceIssueBefore } from '../../actions/campaign/issue-before.js';
import { type CampaignPlan, countsOf, planCampaign } from '../../actions/campaign/plan-campaign.js';
import { refuseFaultyFiles } from '../../actions/campaign/problems.js';
import { recipientOf } from '../../actions/campaign/recipient-of.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { renderTable } from '../../cli/table.js';
import { countByReason, type LeftOutReason } from '../../domain/campaigns/left-out.js';
import { remedyFor } from '../../domain/campaigns/remedies.js';
import { ItacaError } from '../../domain/error.js';
import { sinceLines } from '../shared/send-lines.js';

export const run: Handler = async (cli, [which], options) => {
  const { to, html } = options as { to?: string; html?: string };
  if (html !== undefined && to === undefined) {
    throw new ItacaError('usage', '--html is the page of one person; say whose with --to', {
      hint: 'itaca campaign preview "Spring news" --to mario@example.it --html spring.html',
    });
  }
  const plan = await planCampaign(await cli.workspace(), which as string);
  if (to !== undefined) return showMessage(cli, plan, to, html);
  const people = [
    ...plan.plan.recipients.map(({ ref, name, address }) => ({
      ref,
      name,
      address,
      reason: null,
      detail: null,
      remedy: null,
    })),
    ...plan.plan.leftOut.map(({ ref, name, reason, detail }) => ({
      ref,
      name,
      address: null,
      reason,
      detail,
      remedy: remedyFor(reason, ref, plan.campaign.data.purpose),
    })),
  ];
  const { id, ref, title } = plan.campaign;
  const counts = countsOf(plan);
  const table = renderTable(
    [{ title: 'name', style: 'bold' }, { title: '' }, { title: 'why' }, { title: 'ref', style: 'dim' }],
    people.map((person) => [
      printable(person.name),
      person.reason === null ? 'send' : 'left out',
      printable(
        person.reason === null
          ? (person.address ?? '')
          : `${person.reason.replaceAll('_', ' ')}: ${person.detail}`,
      ),
      person.ref,
    ]),
    cli.io,
  );
  const workspace = await cli.workspace();
  const approval = await approvalOfPlan(plan, workspace);
  const since = await sinceIssueBefore(plan, workspace);
  const approved = approvalLine(approval);
  const below = [...remedyLines(plan), ...sinceLines(since), ...(approved === undefined ? [] : [approved])];
  const total = `${counts.audience} in the audience = ${counts.to_send} to send + ${counts.audience - counts.to_send} left out`;
  if (cli.output.json) await cli.output.thing({ id, ref, title, ...counts, approval, since, people });
  else if (cli.globals.csv || cli.globals.fields || !cli.io.outIsTerminal) {
    await cli.output.list(people, [
      { key: 'name' },
      { key: 'address' },
      { key: 'reason' },
      { key: 'detail' },
      { key: 'ref' },
      { key: 'remedy', hidden: true },
    ]);
  } else await cli.output.page([table, '', total, ...below.map((line) => printable(line))].join('\n'));
};

/** What would change that people are left out, once for each reason. */
function remedyLines({ campaign, plan }: CampaignPlan): string[] {
  const reasons = Object.keys(countByReason(plan.leftOut)) as LeftOutReason[];
  return reasons.flatMap((reason) => {
    const remedy = remedyFor(reason, '<ref>', campaign.data.purpose);
    return remedy === null ? [] : [`${reason.replaceAll('_', ' ')}: needs ${remedy}`];
  });
}

async function showMessage(
  cli: Cli,
  plan: CampaignPlan,
  to: string,
  file: string | undefined,
): Promise<void> {
  const workspace = await cli.workspace();
  refuseFaultyFiles(plan);
  const recipient = await recipientOf(workspace, plan, to);
  const { subject, text, html } = (await composerFor(workspace, plan)).render(recipient, 'preview');
  if (file !== undefined && !cli.dryRun) writePage(file, withPictures(html, plan));
  await cli.output.thing(
    { to: recipient.address, subject, text, html },
    printable(
      `To: ${recipient.name} <${recipient.address}>\n${subject === '' ? '' : `Subject: ${subject}\n`}\n${text}`,
      true,
    ),
  );
  if (file !== undefined) cli.note(cli.dryRun ? `would write ${file}` : `wrote ${file}`);
}

function writePage(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (error) {
    throw new ItacaError('invalid', `cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
}
