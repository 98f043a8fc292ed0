import type { Since } from '../../actions/campaign/issue-before.js';
import { printable } from '../../cli/io.js';

/**
 * Counts by reason as indented lines, the most frequent first.
 * @param names of some of those whom a reason concerns
 */
export function reasonLines(
  leftOut: Partial<Record<string, number>>,
  names: Partial<Record<string, readonly { name: string }[]>> = {},
): string[] {
  return Object.entries(leftOut)
    .sort(([a, x], [b, y]) => (y ?? 0) - (x ?? 0) || (a < b ? -1 : 1))
    .map(([reason, count]) => {
      const some = names[reason] ?? [];
      const shown = some.length === 0 ? '' : `: ${someNames(some, count ?? 0)}`;
      return `  ${String(count).padStart(6)}  ${reason.replaceAll('_', ' ')}${shown}`;
    });
}

function someNames(some: readonly { name: string }[], all: number): string {
  return [...some.map(({ name }) => printable(name)), ...(all > some.length ? ['…'] : [])].join(', ');
}

const shownPeople = 5;

/** What differs from the issue before, as lines. */
export function sinceLines(since: Since | null): string[] {
  if (!since) return [];
  const named = (people: readonly { name: string }[], all: number) =>
    people.length === 0 ? '' : `: ${someNames(people.slice(0, shownPeople), all)}`;
  return [
    `since “${printable(since.title)}” of ${since.at.slice(0, 10)}: ${since.new} new, ${since.gone} gone`,
    ...(since.new > 0
      ? [`  ${String(since.new).padStart(6)}  new${named(since.new_people, since.new)}`]
      : []),
    ...reasonLines(
      since.gone_reasons,
      Object.fromEntries(
        Object.keys(since.gone_reasons).map((reason) => [
          reason,
          since.gone_people.filter((one) => one.reason === reason).slice(0, shownPeople),
        ]),
      ),
    ),
  ];
}
