import { foldCompanyName } from '../../domain/companies/company-name.js';
import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldPersonName, foldText } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { type ErasedPerson, type Place, placeOf } from '../../domain/erasure/person.js';
import { textRedactor } from '../../domain/erasure/redact-text.js';
import { type Erasure, readErasures } from '../../workspace/erasures.js';
import { insideWorkspace, readOrNull } from '../../workspace/files.js';
import { configFile } from '../../workspace/find.js';
import type { Index } from '../../workspace/index/index.js';
import { resolveRecord } from '../../workspace/resolve.js';
import type { Workspace } from '../../workspace/workspace.js';

/** Whose data go. */
export interface WhoGoes {
  /** Ids of the contact and of those merged into it, the contact first. */
  contacts: string[];
  /** What to type to confirm: the name; the id where the name is erased already. */
  name: string;
  /** The erasure that is on file already. */
  erased: Erasure | undefined;
}

/**
 * Finds the person, or the erasure of one by his id.
 * @throws ItacaError `not_found`, or `ambiguous` with the list
 */
export async function findWhoGoes(who: string, workspace: Workspace): Promise<WhoGoes> {
  const index = await workspace.index();
  const erased = readErasures(workspace.root).find(({ contacts }) => contacts.includes(who.trim()));
  if (erased) return { contacts: erased.contacts, name: erased.contacts[0] as string, erased };
  const contact = resolveRecord(index, who, ['contact'], workspace.country);
  const merged = index.merged(['contact']).filter(({ survivor }) => survivor === contact.id);
  return { contacts: [contact.id, ...merged.map(({ id }) => id)], name: contact.title, erased: undefined };
}

/** What of a person is another's, too, and so stays where it stands. */
export interface SharedTrait {
  what: 'email' | 'phone' | 'name' | 'address';
  /** Reference of who has it as well, or `itaca.yaml`. */
  with: string;
}

/**
 * Leaves out what somebody else on file has as well, such as the address of a household or the number of a
 * switchboard: it is not only his.
 */
export async function withoutShared(
  person: ErasedPerson,
  workspace: Workspace,
): Promise<{ person: ErasedPerson; shared: SharedTrait[] }> {
  const index = await workspace.index();
  const settings = readOrNull(insideWorkspace(workspace.root, configFile))?.toString() ?? '';
  const inSettings = (traits: Partial<ErasedPerson>) =>
    textRedactor({ emails: [], phones: [], names: [], ...traits }, () => undefined).find(settings).length > 0;
  const others = (type: 'email' | 'phone' | 'name', key: string) =>
    index.byKey(type, key, ['contact', 'company']).find(({ id }) => !person.contacts.has(id))?.ref;
  const shared: SharedTrait[] = [];
  const only = (
    what: SharedTrait['what'],
    values: readonly string[],
    whose: (value: string) => string | undefined,
  ) =>
    values.filter((value) => {
      const other = whose(value);
      if (other !== undefined) shared.push({ what, with: other });
      return other === undefined;
    });
  const emails = only('email', person.emails, (address) => {
    const canonical = canonicalEmail(address) ?? address;
    return others('email', canonical) ?? (inSettings({ emails: [address] }) ? configFile : undefined);
  });
  const phones = only('phone', person.phones, (key) => {
    const known = others('phone', phoneKey(key, workspace.country) ?? key);
    return known ?? (inSettings({ phones: [key] }) ? configFile : undefined);
  });
  const names = only(
    'name',
    person.names,
    (name) =>
      others('name', foldPersonName(name)) ??
      others('name', foldCompanyName(name)) ??
      (inSettings({ names: [name] }) ? configFile : undefined),
  );
  const places = placesOfHisOwn(person, workspace, index, shared);
  return { person: { ...person, emails, phones, names, places }, shared: unique(shared) };
}

/** Postal addresses that are no household's or firm's, too. */
function placesOfHisOwn(
  { places, contacts }: ErasedPerson,
  { root }: Workspace,
  index: Index,
  shared: SharedTrait[],
): Place[] {
  if (places.length === 0) return [];
  const fold = ({ street, locality, code }: Place) =>
    [foldText(street), foldText(code || locality)].join('\n');
  const others = new Map<string, string>();
  for (const { id, ref, data } of index.list({ kinds: ['contact', 'company'] })) {
    if (contacts.has(id) || !Array.isArray(data.addresses)) continue;
    for (const place of data.addresses.flatMap((item) => placeOf(item) ?? [])) others.set(fold(place), ref);
  }
  const settings = readOrNull(insideWorkspace(root, configFile))?.toString() ?? '';
  return places.filter((place) => {
    const needle = textRedactor({ emails: [], phones: [], names: [], places: [place] }, () => undefined);
    const other = others.get(fold(place)) ?? (needle.find(settings).length > 0 ? configFile : undefined);
    if (other !== undefined) shared.push({ what: 'address', with: other });
    return other === undefined;
  });
}

function unique(shared: readonly SharedTrait[]): SharedTrait[] {
  return [...new Map(shared.map((one) => [`${one.what} ${one.with}`, one])).values()];
}
