import { approveCampaign, revokeApproval, type Signed } from '../../actions/campaign/approve-campaign.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';
import { reasonLines } from '../shared/send-lines.js';

export const run: Handler = async (cli, [which], options) => {
  if (options.revoke) return revoke(cli, which as string);
  let shown = false;
  const signed = await cli.act((tools) =>
    approveCampaign(
      which as string,
      async (what) => {
        // A pipe has nobody to ask, and whoever says yes beforehand has looked.
        if (!cli.interactive || cli.globals.yes || cli.dryRun) return;
        cli.note(linesOf(what).join('\n'));
        shown = true;
        const { askYes } = await import('../../cli/prompts.js');
        if (!(await askYes(`Approve this as ${what.by}?`)))
          throw new ItacaError('interrupted', 'nothing was approved');
      },
      tools,
    ),
  );
  const { by, title, at, already, rule } = signed;
  const verb = already ? 'had approved' : cli.dryRun ? 'would approve' : 'approved';
  const sentence = `${by} ${verb} “${title}”${already ? ` on ${at.slice(0, 10)}, as it stands` : ''}`;
  await cli.output.outcome(signed, [...(shown ? [] : linesOf(signed)), sentence].join('\n'));
  if (rule === null) cli.warn('itaca.yaml asks for no approval of this campaign: it may be sent without');
};

async function revoke(cli: Cli, which: string): Promise<void> {
  const revoked = await cli.act((tools) => revokeApproval(which, tools));
  const said = cli.dryRun ? 'would take' : 'took';
  await cli.output.outcome(
    revoked,
    `${revoked.by} ${said} the approval of “${revoked.title}” back`,
    revoked.ref,
  );
}

/** What is signed, for people: all of it, since whoever says yes must have seen it. */
function linesOf(signed: Signed): string[] {
  const { title, from, subject, query, exclude, attachments, audience, to_send, left_out, text } = signed;
  const subjects = typeof subject === 'object' ? Object.entries(subject ?? {}) : [['', subject] as const];
  const named = (key: string) => (key === '' || key === '*' ? '' : ` (${key})`);
  const lines = [
    title,
    ...(from === null ? [] : [`  from: ${from}`]),
    ...subjects.map(([language, words]) => `  subject${named(language)}: ${words}`),
    ...(attachments.length > 0 ? [`  attachments: ${attachments.join(', ')}`] : []),
    `  audience: ${query}${exclude.map((one) => `, without ${one}`).join('')}`,
    `  ${audience} in the audience = ${to_send} to send + ${audience - to_send} left out`,
    ...reasonLines(left_out),
    `  content: sha256 ${signed.content_sha256}`,
    ...Object.entries(text).flatMap(([language, words]) => [
      `  text${named(language)}:`,
      ...words
        .trim()
        .split(/\r?\n/)
        .map((line) => `    ${line}`),
    ]),
  ];
  return lines.map((line) => printable(line));
}
