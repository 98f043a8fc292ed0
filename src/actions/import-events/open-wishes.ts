import { canonicalEmail } from '../../domain/contacts/email-address.js';
import { consequenceOf } from '../../domain/events/consequence.js';
import type { ReportedEvent } from '../../domain/events/event.js';
import type { Suppression } from '../../domain/suppression/suppression.js';
import { endOf, isoInstant } from '../../domain/time/clock.js';
import type { Workspace } from '../../workspace/workspace.js';
import { suppressionsOf } from '../suppressions.js';

/** In the keys of `--json`. */
export interface Wish {
  /** Canonical. */
  address: string;
  /** Reference of the contact. */
  contact: string;
  reason: Suppression['reason'];
  /** When it was last said. */
  at: string;
}

/**
 * What people said through a provider without a message of ours that tells which mail they mean: that they want no more
 * of it. Nothing follows by itself, but it must not be lost among the strangers.
 */
export class OpenWishes {
  /** By address and reason; the last word of each. */
  readonly #noted = new Map<string, { address: string; reason: Suppression['reason']; at: number }>();

  /** Notes an event of no message of ours, where a person speaks in it. */
  note(event: ReportedEvent): void {
    const reason = consequenceOf(event)?.reason;
    const address = canonicalEmail(event.address ?? '');
    if (address === undefined || reason === undefined || reason === 'hard_bounce') return;
    const key = `${address}\0${reason}`;
    const { at } = event;
    if ((this.#noted.get(key)?.at ?? Number.NEGATIVE_INFINITY) < at)
      this.#noted.set(key, { address, reason, at });
  }

  /** Those of addresses on file that no suppression of all mail, and none of later, has answered. */
  async undecided(workspace: Workspace): Promise<Wish[]> {
    const index = await workspace.index();
    const { timeZone } = workspace.clock;
    const wishes: Wish[] = [];
    for (const { address, reason, at } of this.#noted.values()) {
      const [contact] = index.byKey('email', address, ['contact']);
      if (!contact) continue;
      const answered = (await suppressionsOf(workspace, address)).some(
        ({ data }) =>
          (data.scope ?? 'all') === 'all' ||
          (endOf(data.at ?? '', timeZone) ?? Number.NEGATIVE_INFINITY) >= at,
      );
      if (!answered) wishes.push({ address, contact: contact.ref, reason, at: isoInstant(at, timeZone) });
    }
    return wishes;
  }
}
