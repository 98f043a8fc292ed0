import { namesAgree } from '../contacts/person-name.js';
import { personKey } from '../lists/match-contact.js';
import { idOfRef } from '../records/ids.js';
import { sameValue } from '../records/same-value.js';
import { sameNote } from './merge-record.js';
import { mergeMaps } from './merge-value.js';

/** A contact that one of two clones added while they were apart. */
export interface AddedContact {
  id: string;
  /** What other records call it. */
  ref: string;
  path: string;
  data: Record<string, unknown>;
  note: string;
}

export interface Join {
  /** The contact that was published first; it stays. */
  survivor: AddedContact;
  /** The one that goes into it. */
  loser: AddedContact;
}

/**
 * Who was added twice: contacts of the two sides that share an e-mail address and whose names agree. Whoever fits more
 * than one is left to a person.
 * @param own not published yet
 * @param published by the team meanwhile
 */
export function addedTwice(
  own: readonly AddedContact[],
  published: readonly AddedContact[],
  country: string | undefined,
): Join[] {
  const known = new Map<string, Set<AddedContact>>();
  const keyOf = ({ data }: AddedContact) => personKey(data, '', country);
  for (const contact of published) {
    for (const email of keyOf(contact).emails) known.set(email, (known.get(email) ?? new Set()).add(contact));
  }
  const joins = own.flatMap((loser): Join[] => {
    const { emails, name } = keyOf(loser);
    const sharing = new Set(emails.flatMap((email) => [...(known.get(email) ?? [])]));
    const [survivor, ...others] = [...sharing].filter((one) => namesAgree(keyOf(one).name, name) === 'yes');
    return survivor && others.length === 0 && survivor.id !== loser.id ? [{ survivor, loser }] : [];
  });
  const claims = joins.map(({ survivor }) => survivor);
  return joins.filter(({ survivor }) => claims.indexOf(survivor) === claims.lastIndexOf(survivor));
}

export interface JoinedContact {
  /** New values of the survivor's keys. */
  set: Record<string, unknown>;
  /** The survivor's note with the other's under it; undefined where it stays as it is. */
  note: string | undefined;
  /** Keys in which the two differ; the survivor's value stays. */
  differing: string[];
}

/** One contact out of two: lists are unions, what the survivor has not is filled, what it has stays. */
export function joinedContact({ survivor, loser }: Join): JoinedContact {
  const conflicts = new Set<string>();
  const merged = mergeMaps(
    { base: {}, ours: survivor.data, theirs: loser.data },
    { prefer: 'ours', conflicts },
  );
  merged.merged_from = [...new Set([...asList(merged.merged_from), loser.id])];
  const changed = Object.entries(merged).filter(([key, value]) => !sameValue(survivor.data[key], value));
  const other = sameNote(survivor.note, loser.note) ? '' : loser.note.trim();
  const note = [survivor.note.trim(), other].filter(Boolean).join('\n\n');
  return {
    set: Object.fromEntries(changed),
    note: other === '' ? undefined : `${note}\n`,
    differing: [...conflicts],
  };
}

/** The keys of a record that name the loser, with the survivor in its place. */
export function renamedReferences(
  data: Record<string, unknown>,
  { survivor, loser }: Join,
): Record<string, unknown> {
  const names = (value: unknown) => typeof value === 'string' && idOfRef(value) === loser.id;
  const renamed = (value: unknown) => (names(value) ? survivor.ref : value);
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]): [string, unknown][] => {
      if (Array.isArray(value)) return value.some(names) ? [[key, [...new Set(value.map(renamed))]]] : [];
      return names(value) ? [[key, survivor.ref]] : [];
    }),
  );
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
