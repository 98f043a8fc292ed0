import { alikeFor, type CaseInput, openCase } from '../../actions/cases/open-case.js';
import { playbookQuestions } from '../../actions/cases/questions.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { answeredNote } from '../../domain/cases/playbook.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [title], options) => {
  const { join: wanted, ...given } = options as unknown as CaseInput & { join?: string | true };
  let input: CaseInput = { ...given, title: title as string };
  let join = wanted;
  if (cli.interactive && !cli.globals.yes && !cli.dryRun) {
    join ??= await askToJoin(cli, input);
    if (!input.note) input = { ...input, ...(await askPlaybook(cli, input.type)) };
  }
  const { record, joined, alike } = await cli.act((tools) => openCase(input, join, tools));
  const others = alike.map(({ ref }) => ref);
  if (joined) {
    const { kase, interaction } = joined;
    await cli.output.outcome(
      { ...asJson(kase), joined: asJson({ ...interaction, title: '', at: null }) },
      `${cli.dryRun ? 'would join' : 'joined'} ${kase.title} (${kase.ref}), whose clock runs on`,
      kase.ref,
    );
    return;
  }
  if (!record) return;
  if (others[0] !== undefined && join === undefined)
    cli.warn(
      `this reads like ${others[0]}, which is open; to make one of them: itaca case merge ${record.id} ${alike[0]?.id}`,
    );
  await cli.output.outcome(
    {
      ...asJson({ ...record, title: input.title, at: null }),
      ...(others.length > 0 ? { alike: others } : {}),
    },
    `${cli.dryRun ? 'would open' : 'opened'} ${record.ref}${record.data.owner ? '' : ', nobody owns it yet'}`,
    record.ref,
  );
};

/** Offers the most alike of the customer's open cases. */
async function askToJoin(cli: Cli, input: CaseInput): Promise<string | undefined> {
  const [alike] = await alikeFor(input, await cli.tools());
  if (!alike) return undefined;
  const { askYes } = await import('../../cli/prompts.js');
  const since = alike.data.opened_at.slice(0, 10);
  return (await askYes(printable(`"${alike.title}" is open since ${since} and reads alike. Join it?`)))
    ? alike.id
    : undefined;
}

/** Asks the questions of the playbook; what is answered becomes the note. */
async function askPlaybook(cli: Cli, type: string): Promise<{ note?: string }> {
  const { askText } = await import('../../cli/prompts.js');
  const answers: { question: string; answer: string }[] = [];
  for (const question of playbookQuestions(type, await cli.workspace())) {
    const answer = await askText(printable(question));
    if (answer !== '') answers.push({ question, answer });
  }
  return answers.length > 0 ? { note: answeredNote(answers) } : {};
}
