import { plain } from '../../cli/output.js';
import type { Row } from './columns.js';

/** What an entry of a history says was done. */
export function deedOf(entry: Row): string {
  const { to, owner, office, asked, activity, level, notify, lifecycle } = entry;
  if (activity === 'escalate') return `raised to level ${plain(level)}${notify ? ` (${plain(notify)})` : ''}`;
  if (lifecycle) return `→ ${plain(to)} (${lifecycleOf(lifecycle as Row)})`;
  if (to) return `→ ${plain(to)}${asked ? ` (asked ${plain(asked)})` : ''}`;
  if (owner ?? office) return `handed to ${plain(owner ?? office)}`;
  return activity === 'accept' ? 'accepted' : plain(activity);
}

/** What a person was and became: `lead → customer`. */
function lifecycleOf({ from, to }: Row): string {
  return `${from ? `${plain(from)} → ` : 'now '}${plain(to)}`;
}
