import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldPersonName } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { idOfUid } from '../../domain/vcard/own-uid.js';
import { rawCards } from '../../domain/vcard/raw-cards.js';
import { type Card, readCard } from '../../domain/vcard/read-card.js';
import type { Attachment } from '../attach.js';
import type { FirmEntry } from '../import-people/companies.js';
import type { Person, Refused } from '../import-people/entry.js';
import type { Session } from '../import-people/session.js';
import type { CardPhotos } from './card-photos.js';
import { type CardGroups, uidKey } from './groups.js';

/** A card as an entry of an import. */
export type CardEntry = { line: number; problems: string[] } & (
  | { person: Person & { line: number } }
  | { firm: FirmEntry }
  | { group: Card }
);

/** An address book. */
export interface CardFile {
  path: string;
  bytes: Uint8Array;
}

/** The cards of address books as entries of an import, and what is counted on the way. */
export class CardEntries {
  readonly versions: Record<string, number> = {};
  /** Pictures met. */
  photos = 0;
  /** What stands in no card. */
  readonly strays: { line: number; message: string }[] = [];

  /** @param kept where pictures go; they are left out where it is absent */
  constructor(
    private readonly session: Session,
    private readonly groups: CardGroups,
    private readonly kept: CardPhotos | undefined,
  ) {}

  /**
   * @param source where these people were met
   * @param named whether messages have to say in which file something is
   */
  *of({ path, bytes }: CardFile, source: string, named: boolean): Generator<CardEntry | Refused> {
    const told = (message: string) => (named ? `${path}: ${message}` : message);
    const { cards, strays } = rawCards(bytes);
    for (const raw of cards) {
      const card = readCard(raw);
      if ('refused' in card) {
        yield { line: card.line, refused: told(card.refused) };
        continue;
      }
      const version = card.version || 'unknown';
      this.versions[version] = (this.versions[version] ?? 0) + 1;
      const entry = this.entryOf(card, source);
      yield { ...entry, problems: entry.problems.map(told) };
    }
    this.strays.push(...strays.map(({ line, message }) => ({ line, message: told(message) })));
  }

  private entryOf(card: Card, source: string): CardEntry {
    const { line, company, uid } = card;
    const problems = [...card.problems];
    if (card.kind === 'group') return { line, problems, group: card };
    const { session } = this;
    const stock = card.kind === 'firm' ? session.firms : session.people;
    const id = uid === undefined ? undefined : idOfUid(uid);
    const own = id !== undefined && stock.get(id) ? { id } : {};
    const tags = this.groups.tagsOf(card);
    const attachments = this.picturesOf(card, problems);
    const { identifiers, ...rest } = card.data;
    const data = {
      ...rest,
      ...(tags.length > 0 ? { tags } : {}),
      ...(identifiers === undefined || 'id' in own ? {} : { identifiers }),
      ...(attachments.length > 0 ? { attachments } : {}),
    };
    const note = card.note === undefined ? {} : { note: card.note };
    const ids = uid === undefined || 'id' in own ? [] : [uidKey(uid)];
    const shared = { line, ...own, ...note, key: keyOf(card, session.country) };
    if (card.kind === 'firm') {
      // Each address book has identifiers of its own for the same firms.
      const sure = session.firms.identified(ids) ? ids : [];
      return { line, problems, firm: { ...shared, company: data, ids: sure } };
    }
    const contact = { ...data, source: { channel: 'import', name: source } };
    const firm = company === undefined ? {} : { company };
    return { line, problems, person: { ...shared, contact, ...firm, ids } };
  }

  private picturesOf({ data, photos }: Card, problems: string[]): Attachment[] {
    const { kept } = this;
    this.photos += photos.length;
    if (!kept) return [];
    return photos.flatMap((photo) => {
      const attachment = kept.add(photo, data.name);
      if (!attachment)
        problems.push(`a picture (${photo.mediaType.slice(0, 60)}) cannot be read, and is left out`);
      return attachment ?? [];
    });
  }
}

/** What derives the record's id: as a list says it, where the card has no identifier of its own. */
function keyOf({ uid, data }: Card, country: string | undefined): string {
  if (uid !== undefined) return `vcard:${uid}`;
  for (const item of listOf(data.emails)) {
    const email = canonicalEmail(textOf(item, 'address'));
    if (email !== undefined) return `email:${email}`;
  }
  for (const item of listOf(data.phones)) {
    const phone = phoneKey(textOf(item, 'number'), country);
    if (phone !== undefined) return `phone:${phone}|${foldPersonName(data.name)}`;
  }
  return `card:${JSON.stringify(data)}`;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(item: unknown, key: string): string {
  return typeof item === 'string' ? item : String((item as Record<string, unknown>)[key] ?? '');
}
