import { reportStatus, type Status } from '../../actions/report-status.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { shortTime } from '../shared/columns.js';

const shown = 8;

export const run: Handler = async (cli) => {
  const status = await reportStatus(await cli.workspace());
  await cli.warnOfProblems();
  if (cli.output.json) await cli.output.thing(status);
  else await cli.output.page(page(cli, status));
};

function page(cli: Cli, status: Status): string {
  const { color } = cli.io;
  const sections: [string, string[]][] = [
    [
      'late',
      status.late.map(({ due, what, for: whom, by }) => line(shortTime(due), what, whom, by ?? 'nobody')),
    ],
    [
      'nobody owns',
      status.unowned.map(({ since, title, office }) => line(shortTime(since), title, null, office)),
    ],
    [
      'not accepted',
      status.not_accepted.map(({ since, title, who }) => line(shortTime(since), title, null, who)),
    ],
    [
      'unanswered',
      status.unanswered.map(({ since, what, for: whom, channel }) =>
        line(shortTime(since), what, whom, channel),
      ),
    ],
    [
      'owned twice',
      status.doubles.map(
        ({ group, names, systems }) => `${group}: ${names.join(', ')} (${systems.join(', ')})`,
      ),
    ],
  ];
  const lines = sections
    .filter(([, items]) => items.length > 0)
    .flatMap(([title, items]) => [
      color.bold(`${items.length} ${title}`),
      ...items.slice(0, shown).map((item) => `  ${printable(item)}`),
      ...(items.length > shown ? [color.dim(`  … and ${items.length - shown} more; see --json`)] : []),
    ]);
  return lines.length > 0
    ? lines.join('\n')
    : color.dim('all is well: nothing late, nothing unowned, nothing unanswered');
}

function line(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('  ');
}
