import { type ShownConsent, type ShownStanding, showConsent } from '../../actions/consent/show-consent.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { renderTable } from '../../cli/table.js';
import { type Row, shortTime } from '../shared/columns.js';

export const run: Handler = async (cli, [who], options) => {
  const { on } = options as { on?: string };
  const found = await showConsent(who as string, on, await cli.workspace());
  const { contact, standings, said, wordings } = found;
  if (cli.output.json && cli.globals.fields === undefined) {
    const { id, ref, data } = contact;
    await cli.output.thing({ id, ref, name: data.name, on: on ?? null, standings, said, wordings });
    return;
  }
  if (!cli.output.json && !cli.globals.csv && cli.globals.fields === undefined && cli.io.outIsTerminal) {
    await cli.output.page(page(found, cli));
    return;
  }
  await cli.output.list(standings as unknown as Row[], [
    { key: 'purpose' },
    { key: 'channel' },
    { key: 'basis' },
    { key: 'state' },
    { key: 'since' },
    { key: 'until' },
    { key: 'proof' },
    { key: 'wording' },
    { key: 'evidence' },
    { key: 'source' },
  ]);
};

function page({ contact, standings, wordings }: ShownConsent, { io }: Cli): string {
  const heading = (text: string) => io.color.bold(printable(text));
  const table = renderTable(
    [
      { title: 'purpose', style: 'bold' },
      { title: 'channel' },
      { title: 'rests on', style: 'dim' },
      { title: 'standing' },
      { title: 'since' },
      { title: 'proof', flex: true },
      { title: 'source', flex: true, optional: true },
    ],
    standings.map((one) =>
      [
        one.purpose,
        one.channel ?? 'all',
        one.basis.replaceAll('_', ' '),
        one.until === null ? one.state : `${one.state} (until ${shortTime(one.until)})`,
        shortTime(one.since),
        proofText(one),
        one.source ?? '',
      ].map((cell) => printable(cell)),
    ),
    io,
  );
  const texts = wordings.flatMap(({ path, text }) => ['', heading(path), printable(text.trimEnd(), true)]);
  return [heading(contact.title), table, ...texts].join('\n');
}

function proofText({ proof, wording, evidence }: ShownStanding): string {
  if (proof === 'none') return 'none: nothing proves it';
  if (proof === null) return '';
  const text = wording === null ? 'wording (its text is not in wordings/)' : wording;
  return [...(proof.includes('wording') ? [text] : []), ...(evidence ? [evidence] : [])].join(', ');
}
