import { actorOf, type Click, judgedClicks } from './actor.js';
import { type EventLine, eventRef } from './event.js';

/** What became of a campaign's messages by what sources tell; each message counts once for each. */
export interface EngagementCounts {
  delivered: number;
  /** Bounced for a reason that may pass. */
  soft_bounced: number;
  /** Taken by the provider, and not sent on. */
  dropped: number;
  /** A link was followed by a person. */
  clicked: number;
  /** A link was followed, and by machines alone. */
  clicked_by_machines: number;
  /** A link was followed, by nobody knows whom, and by no person that is known. */
  clicked_by_unknown: number;
  /** Its picture was fetched, by scanners and robots apart. This is no proof that anybody read it. */
  opened: number;
  /** Those of the opened whose picture only a proxy of the mailbox provider fetched. */
  opened_by_proxies: number;
}

interface Reader {
  delivered: number[];
  softBounced: boolean;
  dropped: boolean;
  opened: boolean;
  openedByProxy: boolean;
  clicks: (Click & { ref: string })[];
}

/** A person's first click on a link of a message. */
export interface FirstClick {
  message_id: string;
  /** Epoch milliseconds. */
  at: number;
  /** How the event is named as a proof. */
  ref: string;
}

/** Counts the events of one campaign, in any order, holding of each no more than the counts need. */
export class Engagement {
  readonly #readers = new Map<string, Reader>();
  #any = false;

  add(line: EventLine): void {
    this.#any = true;
    const { event, message_id, url } = line;
    let reader = this.#readers.get(message_id);
    if (!reader) {
      const none = { softBounced: false, dropped: false, opened: false, openedByProxy: false };
      reader = { ...none, delivered: [], clicks: [] };
      this.#readers.set(message_id, reader);
    }
    if (event === 'delivered') reader.delivered.push(Date.parse(line.at));
    else if (event === 'dropped') reader.dropped = true;
    else if (event === 'bounced') reader.softBounced ||= line.bounce === 'soft';
    else if (event === 'clicked')
      reader.clicks.push({ at: Date.parse(line.at), url, actor: actorOf(line), ref: eventRef(line) });
    else if (event === 'opened') {
      const actor = actorOf(line);
      reader.openedByProxy ||= actor === 'proxy';
      reader.opened ||= actor === 'person' || actor === 'unknown';
    }
  }

  /** Undefined where there were no events: then nothing is known, which is not the same as nothing. */
  counts(): EngagementCounts | undefined {
    if (!this.#any) return undefined;
    const readers = [...this.#readers.values()];
    const count = (of: (reader: Reader) => boolean) => readers.filter(of).length;
    const clickers = readers.filter(({ clicks }) => clicks.length > 0).map(judged);
    const by = (actor: Click['actor']) => (clicks: Click[]) => clicks.some((one) => one.actor === actor);
    const unknown = clickers.filter((one) => !by('person')(one) && by('unknown')(one)).length;
    const clicked = clickers.filter(by('person')).length;
    return {
      delivered: count((reader) => reader.delivered.length > 0),
      soft_bounced: count((reader) => reader.softBounced),
      dropped: count((reader) => reader.dropped),
      clicked,
      clicked_by_machines: clickers.length - clicked - unknown,
      clicked_by_unknown: unknown,
      opened: count(({ opened, openedByProxy }) => opened || openedByProxy),
      opened_by_proxies: count(({ opened, openedByProxy }) => openedByProxy && !opened),
    };
  }

  /** The first click of a person on each message. */
  *firstClicks(): Generator<FirstClick> {
    for (const [message_id, reader] of this.#readers) {
      const click = judged(reader).find(({ actor }) => actor === 'person');
      if (click) yield { message_id, at: click.at, ref: click.ref };
    }
  }
}

function judged({ clicks, delivered }: Reader): (Click & { ref: string })[] {
  return judgedClicks(clicks, delivered);
}
