import { type ContactTraits, touchOf } from '../interactions/touch.js';
import { byGroup, type Grouped } from './group.js';
import { share } from './share.js';

export interface PersonalTally {
  personal: number;
  automated: number;
  other: number;
  /** Personal ones of the personal and the automated ones, 0 to 1; null where there is neither. */
  share_personal: number | null;
}

/** Interactions that are alike, or messages of a campaign, counted. */
export type CountedContact = { group: string | null; count: number } & (ContactTraits | { sends: true });

/** How much of what passed between the firm and its customers was from person to person. */
export function tallyPersonal(contacts: Iterable<CountedContact>): {
  groups: Grouped<PersonalTally>[];
  total: PersonalTally;
} {
  const nothing = () => ({ personal: 0, automated: 0, other: 0 });
  const counts = new Map<string | null, ReturnType<typeof nothing>>();
  const total = nothing();
  for (const contact of contacts) {
    const touch = 'sends' in contact ? 'automated' : touchOf(contact);
    if (touch === 'none') continue;
    const group = counts.get(contact.group) ?? nothing();
    counts.set(contact.group, group);
    group[touch] += contact.count;
    total[touch] += contact.count;
  }
  return {
    groups: [...counts].map(([group, count]) => ({ group, ...withShare(count) })).sort(byGroup),
    total: withShare(total),
  };
}

function withShare(count: Omit<PersonalTally, 'share_personal'>): PersonalTally {
  return { ...count, share_personal: share(count.personal, count.personal + count.automated) };
}
