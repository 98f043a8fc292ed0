import { bounceOf, mail } from './mails.js';

/** The people of a month of messages, as records to be written: path → content. */
export function monthPeople(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `contacts/p${i}-${idOf(i)}.md`,
      `---\nname: Person Number${i}\nemails: [p${i}@example.org]\nidentifiers: {member: "M${10_000 + i}"}\n---\n`,
    ]),
  );
}

function idOf(i: number): string {
  const letters = 'abcdefghjk';
  return `m${String(i)
    .padStart(9, '0')
    .replace(/\d/g, (digit) => letters[Number(digit)] as string)}`;
}

/**
 * A month of mixed messages, spread over the days before 20 November 2026: words of people on file and of strangers,
 * bounces, automatic replies and newsletters. The same numbers give the same bytes.
 */
export function* monthMails(count: number, people: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    const day = 1 + (i % 19);
    const date = `${day} Nov 2026 ${String(8 + (i % 10)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00 +0100`;
    const who = i % people;
    const person = { from: `Person Number${who} <p${who}@example.org>`, date, id: `m${i}@example.org` };
    switch (i % 10) {
      case 0:
        yield bounceOf({
          to: 'info@acme.example',
          recipient: `gone${i}@example.com`,
          id: `m${i}@mx.example.com`,
        });
        break;
      case 1:
        yield mail({
          ...person,
          subject: `Out of office: ${i}`,
          headers: ['Auto-Submitted: auto-replied'],
          text: 'I am on holiday until Monday.',
        });
        break;
      case 2:
      case 3:
        yield mail({
          ...person,
          from: `News ${i} <news@shop${i}.example.net>`,
          subject: `Offers of the week ${i}`,
          headers: [
            'List-Unsubscribe: <mailto:out@example.net>',
            'Precedence: bulk',
            `List-Id: <n${i % 7}.example.net>`,
          ],
          text: 'Buy one, get one.',
        });
        break;
      case 4:
        yield mail({
          ...person,
          from: `Stranger ${i} <s${i}@example.net>`,
          subject: `Question ${i}`,
          text: 'How much is the blue lamp, please?',
        });
        break;
      case 5:
        yield mail({
          ...person,
          subject: `Reclamo ${i}`,
          text: `La merce dell'ordine ${i} non è mai arrivata. È una vergogna, voglio i miei soldi.`,
        });
        break;
      default:
        yield mail({
          ...person,
          subject: `Domanda ${i}`,
          text: `Quanto costa l'articolo ${i}? Lo avete in negozio?`,
        });
    }
  }
}
