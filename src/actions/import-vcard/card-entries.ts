import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { foldPersonName } from '../../domain/contacts/person-name.js';
import { phoneKey } from '../../domain/contacts/phone-number.js';
import { idOfUid } from '../../domain/vcard/own-uid.js';
import { rawCards } from '../../domain/vcard/raw-cards.js';
import { type Card, readCard } from '../../domain/vcard/read-card.js';
import type { Index } from '../../workspace/index/index.js';
import type { PersonEntry } from '../import-people/entry.js';
import type { CardPhotos } from './card-photos.js';
import type { CardGroups } from './groups.js';

/** The cards of address books as entries of an import, and what is counted on the way. */
export class CardEntries {
  readonly versions: Record<string, number> = {};
  /** Pictures met. */
  photos = 0;
  /** What stands in no card. */
  readonly strays: { line: number; message: string }[] = [];

  constructor(
    private readonly groups: CardGroups,
    readonly kept: CardPhotos | undefined,
    private readonly source: string | undefined,
    private readonly index: Index,
    private readonly country: string | undefined,
  ) {}

  /** @param named whether messages have to say in which file something is */
  *of({ path, bytes }: { path: string; bytes: Uint8Array }, named: boolean): Generator<PersonEntry> {
    const told = (message: string) => (named ? `${path}: ${message}` : message);
    const source = { channel: 'import', name: this.source ?? fileName(path) };
    const { cards, strays } = rawCards(bytes);
    for (const raw of cards) {
      const card = readCard(raw);
      if ('refused' in card) {
        yield { line: card.line, refused: told(card.refused) };
        continue;
      }
      this.versions[card.version || 'unknown'] = (this.versions[card.version || 'unknown'] ?? 0) + 1;
      if (card.kind === 'group') continue;
      const entry = this.person(card);
      yield { ...entry, contact: { ...entry.contact, source }, problems: entry.problems.map(told) };
    }
    this.strays.push(...strays.map(({ line, message }) => ({ line, message: told(message) })));
  }

  private person(card: Card) {
    const { line, data, company, note } = card;
    const problems = [...card.problems];
    const tags = [...new Set([...((data.tags as string[] | undefined) ?? []), ...this.groups.of(card)])];
    const attachments = this.picturesOf(card, problems);
    const id = this.ownRecord(card);
    const { identifiers, ...rest } = data;
    return {
      line,
      ...(id === undefined ? {} : { id }),
      contact: {
        ...rest,
        ...(identifiers === undefined || id !== undefined ? {} : { identifiers }),
        ...(tags.length > 0 ? { tags } : {}),
        ...(attachments.length > 0 ? { attachments } : {}),
      },
      ...(company === undefined ? {} : { company }),
      ...(note === undefined ? {} : { note }),
      key: keyOf(card, this.country),
      problems,
    };
  }

  /** The record that a card was written from, where it is on file here. */
  private ownRecord({ uid }: Card): string | undefined {
    const id = uid === undefined ? undefined : idOfUid(uid);
    return id !== undefined && this.index.get(id)?.kind === 'contact' ? id : undefined;
  }

  private picturesOf({ data, photos }: Card, problems: string[]) {
    this.photos += photos.length;
    if (!this.kept) return [];
    return photos.flatMap((photo) => {
      const attachment = this.kept?.add(photo, data.name);
      if (!attachment)
        problems.push(`a picture (${photo.mediaType.slice(0, 60)}) cannot be read, and is left out`);
      return attachment ?? [];
    });
  }
}

/** The name of a file without its folders. */
export function fileName(path: string): string {
  return path.replace(/^.*[/\\]/, '');
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
