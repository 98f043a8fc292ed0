import { firmLinks } from './firm-links.js';
import { type Link, ranked } from './link.js';
import { mailLinks } from './mail-links.js';
import { movedLinks } from './moved-links.js';
import type { Party } from './party.js';
import { sharedLinks } from './shared-links.js';

/**
 * What belongs together and nobody linked, the strongest first. Takes time in proportion to the records: they meet by
 * the values they share, and what many share is told once and not of each two.
 * @param isApart whether people decided that two records, by their ids, are not one
 */
export function findLinks(parties: readonly Party[], isApart: (a: string, b: string) => boolean): Link[] {
  const people = parties.filter(({ kind }) => kind === 'contact');
  const firms = parties.filter(({ kind }) => kind === 'company');
  const firmById = new Map(firms.map((firm) => [firm.id, firm]));
  const links = [
    ...mailLinks(people, firmById),
    ...movedLinks(people),
    ...sharedLinks(parties, firmById),
    ...firmLinks(firms),
  ];
  return ranked(
    links.filter(({ members }) => {
      const [one, two] = members;
      return members.length > 2 || !one || !two || !isApart(one.id, two.id);
    }),
  );
}
