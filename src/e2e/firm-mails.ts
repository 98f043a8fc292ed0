import { bounceOf, mail } from './mails.js';

/** A message of a campaign, as its journal says. */
export interface SentNews {
  address: string;
  messageId: string;
  token: string;
}

/**
 * Messages that change every kind of record: answers, complaints and what is said to them later, bounces, cancellations,
 * wishes to get no more, words of strangers, newsletters, and some that come twice. The same numbers give the same bytes.
 */
export function* firmMails(count: number, sent: ReadonlyMap<string, SentNews>): Generator<string> {
  const all = [...sent.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  for (let i = 0; i < count; i++) {
    const { address, messageId, token } = all[i % all.length] as SentNews;
    const number = /\d+/.exec(address)?.[0];
    const person = {
      from: `Person ${number} <${address}>`,
      id: `m${i}@example.org`,
      date: `${1 + (i % 19)} Nov 2026 ${String(8 + (i % 10)).padStart(2, '0')}:00:00 +0100`,
    };
    const bounces = `bounces+${token}@acme.example`;
    const about = messageId.slice(1, -1);
    const round = Math.floor(i / all.length);
    switch ((round + i) % 10) {
      case 0:
        yield mail({ ...person, inReplyTo: about, subject: 'Re: Hello', text: 'Quanto costa la lampada?' });
        break;
      case 1:
        yield mail({ ...person, subject: 'Reclamo', text: `La lampada ${i} non è mai arrivata. Vergogna!` });
        break;
      case 2:
        yield bounceOf({ to: bounces, recipient: address, id: person.id });
        break;
      case 3:
        yield mail({ ...person, subject: `unsubscribe ${token}`, text: '' });
        break;
      case 4:
        yield mail({ ...person, subject: 'Disdetta', text: `Disdico il mio abbonamento AB-${number}.` });
        break;
      case 5:
        yield mail({ ...person, headers: ['Auto-Submitted: auto-replied'], subject: 'Out of office' });
        break;
      case 6:
        yield bounceOf({
          to: 'info@acme.example',
          recipient: address,
          messageId,
          status: '5.2.2',
          said: '552 5.2.2 Mailbox full',
          id: person.id,
        });
        break;
      case 7:
        yield mail({ ...person, inReplyTo: about, text: 'Please take me off your mailing list.' });
        break;
      case 8:
        yield mail({ ...person, from: `Stranger ${i} <s${i}@example.net>`, text: 'Quanto costa?' });
        break;
      default:
        // The one before it once more, by another way.
        yield mail({
          ...person,
          id: `m${i - (i % 7)}@example.org`,
          subject: 'Reclamo',
          text: `Ancora nulla, dopo ${i} giorni. Voglio i miei soldi.`,
        });
    }
  }
}
