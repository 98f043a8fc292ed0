import { type SyncResult, sync } from '../../actions/sync.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, _, options) => {
  // Without a person git must fail, not ask for a password.
  if (!cli.interactive) cli.env.GIT_TERMINAL_PROMPT ??= '0';
  const { adoptRewrite = false } = options as { adoptRewrite?: boolean };
  const result = await cli.act((tools) => sync(tools, { adopt: adoptRewrite, environment: cli.env }));
  await cli.output.outcome(result, sentence(result, cli.dryRun), result.head);
  for (const { contact, joined, differing } of result.joined) {
    const kept = differing.length > 0 ? `; it keeps its own ${differing.join(', ')}` : '';
    cli.note(printable(`added twice, joined: ${joined} went into ${contact}${kept}`));
  }
  const [conflict] = result.conflicts;
  const [problem] = result.problems;
  if (conflict) {
    for (const { path, line } of result.conflicts)
      cli.note(printable(`${path}:${line}: both sides changed this`));
    throw new ItacaError('conflict', `not published: ${count(result.conflicts.length, 'conflict')}`, {
      ...conflict,
      hint: 'keep the line that is right, delete the others and the marker lines, then run itaca sync again',
    });
  }
  if (problem) {
    for (const { path, line, message } of result.problems)
      cli.note(printable(`${[path, line].filter((part) => part !== null).join(':')}: ${message}`));
    throw new ItacaError('invalid', `not published: ${count(result.problems.length, 'problem')}`, {
      path: problem.path,
      ...(problem.line === null ? {} : { line: problem.line }),
      hint: 'correct it, then run itaca sync again',
    });
  }
};

function sentence(
  { committed, fetched, merged, joined, erased, adopted, pushed }: SyncResult,
  dryRun: boolean,
): string {
  const would = dryRun ? 'would be ' : '';
  const parts = [
    committed > 0 ? `${count(committed, 'file')} edited by hand ${would}committed` : '',
    fetched > 0 ? `${count(fetched, 'commit')} fetched` : '',
    merged > 0 ? `${count(merged, 'file')} ${would}merged` : '',
    joined.length > 0 ? `${count(joined.length, 'contact')} joined` : '',
    erased.length > 0 ? `${erased.join(', ')} ${would}erased as by the team` : '',
    adopted
      ? `history taken over (${count(adopted.remains.found.length, 'object')} of git here name whom the team erased)`
      : '',
    pushed ? 'published' : dryRun ? 'nothing published' : '',
  ];
  return parts.filter(Boolean).join(', ') || 'merged here, not published';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
