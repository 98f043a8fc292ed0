import type { RawCard } from '../../domain/vcard/raw-cards.js';
import { type Card, readCard } from '../../domain/vcard/read-card.js';
import type { Session } from '../import-people/session.js';

/** The groups of address books: who is in which. A group may stand before or after its members. */
export class CardGroups {
  private readonly byMember = new Map<string, string[]>();
  /** Members that have a card of their own. */
  private readonly met = new Set<string>();

  /** Learns a card if it is a group. */
  learn(raw: RawCard): void {
    if (!mayBeGroup(raw)) return;
    const card = readCard(raw);
    if ('refused' in card || card.kind !== 'group') return;
    for (const member of card.members) {
      const uid = bareUid(member);
      const names = this.byMember.get(uid) ?? [];
      if (!names.includes(card.data.name)) this.byMember.set(uid, [...names, card.data.name]);
    }
  }

  /** The tags of a card: its own, and the names of the groups that it is in. */
  tagsOf({ uid, data }: Card): readonly string[] {
    const own = Array.isArray(data.tags) ? data.tags.map(String) : [];
    if (uid === undefined) return own;
    this.met.add(bareUid(uid));
    return [...new Set([...own, ...(this.byMember.get(bareUid(uid)) ?? [])])];
  }

  /**
   * Takes in a group, when all other cards are: members without a card here that are on file get its name as well.
   * @returns how many members are nowhere
   */
  take(session: Session, { data: { name }, members }: Card): { changed: boolean; missing: number } {
    let changed = false;
    let missing = 0;
    for (const member of members.filter((one) => !this.met.has(bareUid(one)))) {
      const uids = [member, bareUid(member), `urn:uuid:${bareUid(member)}`];
      const item = session.people.identified(uids.map(uidKey));
      const tags = Array.isArray(item?.data.tags) ? item.data.tags.map(String) : [];
      if (!item) missing++;
      else if (!tags.includes(name)) {
        session.people.update(item, { tags: [...tags, name] });
        changed = true;
      }
    }
    return { changed, missing };
  }
}

/** How records that came from cards are found again. */
export function uidKey(uid: string): string {
  return `vcard_uid:${uid}`;
}

const kindOfGroup = /^(?:[\w-]{1,64}\.)?(?:X-ADDRESSBOOKSERVER-)?KIND[;:].{0,200}group\s*$/i;

function mayBeGroup(raw: RawCard): boolean {
  return 'lines' in raw && raw.lines.some((line) => kindOfGroup.test(line));
}

/** A UID as it stands in a card, or as MEMBER names it. */
function bareUid(uid: string): string {
  return uid.replace(/^urn:uuid:/i, '').toLowerCase();
}
