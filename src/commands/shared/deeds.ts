import { plain } from '../../cli/output.js';
import type { Row } from './columns.js';

/** What an entry of a history says was done. */
export function deedOf(entry: Row): string {
  const { to, owner, office, asked, activity, level, notify, lifecycle } = entry;
  if (activity === 'escalate') return `raised to level ${plain(level)}${notify ? ` (${plain(notify)})` : ''}`;
  if (lifecycle) return `→ ${plain(to)} (${becameOf(entry)})`;
  if (to) return `→ ${plain(to)}${asked ? ` (asked ${plain(asked)})` : ''}`;
  if (owner ?? office) return `handed to ${plain(owner ?? office)}`;
  return activity === 'accept' ? 'accepted' : plain(activity);
}

/** What the customer of a deal was and became with the move: `lead → customer`; undefined where he stays what he is. */
export function becameOf({ lifecycle }: Row): string | undefined {
  if (typeof lifecycle !== 'object' || lifecycle === null) return undefined;
  const { from, to } = lifecycle as Row;
  return `${from ? `${plain(from)} → ` : 'now '}${plain(to)}`;
}
