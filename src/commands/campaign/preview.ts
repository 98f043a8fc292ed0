import { composerOf } from '../../actions/campaign/compose.js';
import { type CampaignPlan, countsOf, planCampaign } from '../../actions/campaign/plan-campaign.js';
import { findRecord } from '../../actions/find-record.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { renderTable } from '../../cli/table.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [which], options) => {
  const { to } = options as { to?: string };
  const plan = await planCampaign(await cli.workspace(), which as string);
  if (to !== undefined) return showMessage(cli, plan, to);
  const people = [
    ...plan.plan.recipients.map(({ ref, name, address }) => ({
      ref,
      name,
      address,
      reason: null,
      detail: null,
    })),
    ...plan.plan.leftOut.map(({ ref, name, reason, detail }) => ({
      ref,
      name,
      address: null,
      reason,
      detail,
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
  const total = `${counts.audience} in the audience = ${counts.to_send} to send + ${counts.audience - counts.to_send} left out`;
  if (cli.output.json) await cli.output.thing({ id, ref, title, ...counts, people });
  else if (cli.globals.csv || cli.globals.fields || !cli.io.outIsTerminal) {
    await cli.output.list(people, [
      { key: 'name' },
      { key: 'address' },
      { key: 'reason' },
      { key: 'detail' },
      { key: 'ref' },
    ]);
  } else await cli.output.page(`${table}\n\n${total}`);
};

async function showMessage(cli: Cli, plan: CampaignPlan, to: string): Promise<void> {
  const workspace = await cli.workspace();
  const person = await findRecord(workspace, to, ['contact']);
  const recipient = plan.plan.recipients.find(({ contact }) => contact === person.id);
  if (!recipient) {
    const out = plan.plan.leftOut.find(({ contact }) => contact === person.id);
    const why = out ? `${out.reason.replaceAll('_', ' ')}: ${out.detail}` : 'not in the audience';
    throw new ItacaError('refused', `${person.title} gets no message: ${why}`, { path: person.path });
  }
  const { subject, text, html } = (await composerOf(workspace, plan)).render(recipient, 'preview');
  await cli.output.thing(
    { to: recipient.address, subject, text, html },
    printable(`To: ${recipient.name} <${recipient.address}>\nSubject: ${subject}\n\n${text}`, true),
  );
}
