import type { LeftOutReason } from './left-out.js';
import type { SendPlan } from './plan.js';

/** Why somebody who got the issue before does not get this one. */
export type GoneReason = LeftOutReason | 'not_in_audience' | 'not_on_file';

interface Named {
  ref: string;
  name: string;
}

export interface Difference {
  new: Named[];
  gone: (Named & { reason: GoneReason; detail: string })[];
}

/**
 * Who gets an issue and did not get the one before, and the other way round. Whoever gets it under another record or
 * another address of his is the same person.
 * @param before whom the issue before went to: by id of the contact, where it is known, and canonical address
 * @param now the plan of this one, as the first send fixes it
 * @param onFile who a contact is that is not in the plan at all; undefined where there is none any more
 */
export function differenceOf(
  before: readonly { contact?: string; address: string }[],
  { recipients, leftOut }: SendPlan,
  onFile: (contact: string) => Named | undefined,
): Difference {
  const contacts = new Set(before.map(({ contact }) => contact));
  const addresses = new Set(before.map(({ address }) => address));
  const out = new Map(leftOut.map((one) => [one.contact, one]));
  // Who got it under a record that now stands back for another one of his.
  for (const { contact, same_as } of leftOut)
    if (same_as !== undefined && contacts.has(contact)) contacts.add(same_as);
  const found: Difference = {
    new: recipients
      .filter(({ contact, canonical }) => !contacts.has(contact) && !addresses.has(canonical))
      .map(({ ref, name }) => ({ ref, name })),
    gone: [],
  };
  const getting = new Set(recipients.flatMap(({ contact, canonical }) => [contact, canonical]));
  const told = new Set<string>();
  for (const { contact, address } of before) {
    const key = contact ?? address;
    if (told.has(key) || getting.has(key) || getting.has(address)) continue;
    told.add(key);
    const left = out.get(key);
    if (left?.reason === 'same_person') continue;
    if (left) {
      const { ref, name, reason, detail } = left;
      found.gone.push({ ref, name, reason, detail });
      continue;
    }
    const person = contact === undefined ? undefined : onFile(contact);
    found.gone.push(
      person
        ? { ...person, reason: 'not_in_audience', detail: 'not in the audience' }
        : { ref: contact ?? '', name: address, reason: 'not_on_file', detail: 'no longer on file' },
    );
  }
  return found;
}
