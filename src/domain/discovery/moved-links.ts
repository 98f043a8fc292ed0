import { command, type Link, sharing } from './link.js';
import type { Party } from './party.js';

/** So many bearers of one name are told apart by more than their name. */
const mostNamesakes = 50;

/**
 * Two records of one person at two firms: one name, and a telephone number, an address or an identifier that both have;
 * or one name that only two have, where the mail of the one comes back and that of the other arrives.
 */
export function movedLinks(people: readonly Party[]): Link[] {
  const links: Link[] = [];
  for (const namesakes of sharing(people, ({ folded }) => (folded.includes(' ') ? [folded] : [])).values()) {
    if (namesakes.length > mostNamesakes) continue;
    const shared = sharing(namesakes, ({ own, phones }) => [
      ...own,
      ...phones.map((phone) => `phones ${phone}`),
    ]);
    for (const [what, holders] of shared) {
      const [first, ...others] = byMeeting(holders.filter(({ house }) => house !== undefined));
      for (const other of others) {
        if (!first || other.house === first.house) continue;
        links.push({
          ...moved(first, other),
          strength: 0.9,
          evidence: [{ kind: 'moved', what, records: holders.length }],
        });
      }
    }
    links.push(...byBounce(namesakes));
  }
  return links;
}

function byBounce(namesakes: readonly Party[]): Link[] {
  const [one, two] = namesakes;
  if (namesakes.length !== 2 || !one || !two) return [];
  if (one.house === two.house || one.house === undefined || two.house === undefined) return [];
  const isGone = ({ hosts, bounced }: Party) => hosts.length === 0 && bounced.length > 0;
  const isReached = ({ hosts }: Party) => hosts.length > 0;
  const [gone, here] = isGone(one) ? [one, two] : [two, one];
  if (!isGone(gone) || !isReached(here)) return [];
  const what = `name ${here.name}; emails …@${gone.bounced[0]} takes no more mail`;
  return [{ ...moved(here, gone), strength: 0.6, evidence: [{ kind: 'moved', what, records: 2 }] }];
}

function moved(now: Party, before: Party): Pick<Link, 'kind' | 'members' | 'suggestion'> {
  return { kind: 'moved', members: [now, before], suggestion: command`contact merge ${now} ${before}` };
}

/** Whoever was met last stands first: where he is now is known best there. */
function byMeeting(people: readonly Party[]): Party[] {
  return [...people].sort((a, b) => (a.met === b.met ? (a.ref < b.ref ? -1 : 1) : a.met > b.met ? -1 : 1));
}
