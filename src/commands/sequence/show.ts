import { summarise } from '../../actions/sequence/list-enrolments.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { renderTable } from '../../cli/table.js';
import { inLanguage } from '../../domain/cases/wording.js';

export const run: Handler = async (cli, [name]) => {
  const workspace = await cli.workspace();
  const sequence = await summarise(workspace, name as string);
  const { title, purpose, office, paused, enroll, stop_on, active, stopped, finished, steps } = sequence;
  const languages = workspace.config.languages ?? [];
  const table = renderTable(
    ['step', 'after', 'channel', 'subject', 'done', 'next'].map((head) => ({ title: head })),
    steps.map((step) => [
      step.id,
      step.after,
      step.channel,
      printable(inLanguage(step.subject, languages)),
      String(step.done),
      String(step.next),
    ]),
    cli.io,
  );
  const facts = [
    `${title} (${[purpose, office].filter(Boolean).join(', ')})${paused ? ', paused' : ''}`,
    ...(enroll === null ? [] : [`enrolls: ${enroll}`]),
    `stops on: ${stop_on.join(', ')}`,
    `people: ${active} in it, ${stopped} stopped, ${finished} through`,
  ];
  await cli.output.thing(sequence, `${facts.map((fact) => printable(fact)).join('\n')}\n\n${table}`);
};
