import type { CompanyView } from '../../actions/company-view.js';
import type { Cli } from '../../cli/context.js';
import { printable } from '../../cli/io.js';
import { stem } from './columns.js';

const shownPeople = 20;

/** The firms above and below a firm and its people, a line each, for people. */
export function companyLines(
  cli: Cli,
  { parents, subsidiaries, people, former_people: left }: CompanyView,
): string[] {
  const { color } = cli.io;
  const lines: string[] = [];
  const section = (title: string, found: string[]) => {
    if (found.length === 0) return;
    const more = found.length - shownPeople;
    lines.push('', color.dim(title), ...found.slice(0, shownPeople));
    if (more > 0) lines.push(color.dim(`  and ${more} more: --json`));
  };
  const line = (name: string, more: (string | null)[], ref: string, depth = 1) =>
    `${'  '.repeat(depth)}${printable([name, ...more].filter(Boolean).join(', '))} ${color.dim(ref.slice(-10))}`;
  section(
    'BELONGS TO',
    parents.map(({ name, ref }) => line(name, [], ref)),
  );
  section(
    'BELONG TO IT',
    subsidiaries.map(({ name, ref, depth }) => line(name, [], ref, Math.min(depth, 20))),
  );
  section(
    'PEOPLE',
    people.map(({ name, title, ref }) => line(name, [title], ref)),
  );
  section(
    'WENT ELSEWHERE',
    left.map(({ name, title, until, now, ref }) =>
      line(name, [title, until && `until ${until}`, now && `now ${stem(now)}`], ref),
    ),
  );
  return lines;
}
