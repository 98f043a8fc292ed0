import { type RawCard, rawCards } from '../../domain/vcard/raw-cards.js';
import { type Card, readCard } from '../../domain/vcard/read-card.js';

/** The groups of an address book: who is in which, and how many cards there are in all. */
export class CardGroups {
  /** Cards of all kinds, those that will be refused among them. */
  cards = 0;
  groups = 0;
  private readonly byMember = new Map<string, string[]>();

  /** Reads the groups of a file. A group may stand before or after its members, so that they come first. */
  learn(bytes: Uint8Array): void {
    for (const raw of rawCards(bytes).cards) {
      this.cards++;
      if (!mayBeGroup(raw)) continue;
      const card = readCard(raw);
      if ('refused' in card || card.kind !== 'group') continue;
      this.groups++;
      for (const member of card.members) {
        const uid = bareUid(member);
        const names = this.byMember.get(uid) ?? [];
        if (!names.includes(card.data.name)) this.byMember.set(uid, [...names, card.data.name]);
      }
    }
  }

  /** The names of the groups that a card is in. */
  of({ uid }: Card): readonly string[] {
    return uid === undefined ? [] : (this.byMember.get(bareUid(uid)) ?? []);
  }
}

const kindOfGroup = /^(?:[\w-]{1,64}\.)?(?:X-ADDRESSBOOKSERVER-)?KIND[;:].{0,200}group\s*$/i;

function mayBeGroup(raw: RawCard): boolean {
  return 'lines' in raw && raw.lines.some((line) => kindOfGroup.test(line));
}

/** A UID as it stands in a card, or as MEMBER names it. */
function bareUid(uid: string): string {
  return uid.replace(/^urn:uuid:/i, '').toLowerCase();
}
