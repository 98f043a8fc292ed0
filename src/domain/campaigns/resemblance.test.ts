import { describe, expect, it } from 'vitest';
import { nearlySame, shinglesOf } from './resemblance.js';

const likeness = (a: string, b: string) => nearlySame(shinglesOf(a), shinglesOf(b));

const letter = (greeting: string, date: string, subject = 'Autumn fair', more = '') =>
  `${subject}\n${greeting} {{ contact.name }},\n\ncome and see us at the fair in Milan on ${date}: hall 7, stand B12.
We bring the new lamps and good coffee. Tell us when you come.${more}\n\nSee you there, Officina Lume\n`;
const lettera = (saluto: string, data: string) =>
  `${saluto} {{ contact.given_name }},\n\nti aspettiamo alla fiera d'autunno ${data}: padiglione 7, stand B12. Portiamo
le nuove lampade, il catalogo di primavera e un buon caffè. Dicci quando vieni: teniamo un'ora per te.\n\nA presto, Lume`;
const house = (news: string) =>
  `# Officina Lume\n\nDear {{ contact.name }},\n\nhere is what is new with us this month.\n\n${news}\n
Questions? Write to info@officinalume.example or call +39 02 555 0100, Monday to Friday from nine to six.\n
Your team at Officina Lume\n\nYou get this letter because you asked for it. You can leave at any time.`;

describe('nearly the same text', () => {
  const first = letter('Dear', '14 October 2026');
  it.each([
    ['another day', first, letter('Dear', '15 October 2026')],
    ['another month', first, letter('Dear', '3 November 2026')],
    ['another greeting', first, letter('Good morning', '14 October 2026')],
    [
      'another date in other words, and greeting',
      first,
      letter('Good morning', 'Tuesday the 3rd of November'),
    ],
    [
      'another subject, too',
      first,
      letter('Good morning', 'Tuesday the 3rd of November', 'See you in Milan'),
    ],
    [
      'a sentence more',
      first,
      letter('Dear', '14 October 2026', 'Autumn fair', ' Bring your friends along.'),
    ],
    ['markup and line ends', first, first.replace('hall 7', '**hall 7**').replaceAll('\n', '\r\n')],
    ['Italian', lettera('Cara', 'sabato 14 ottobre'), lettera('Gentile', 'domenica 3 novembre')],
    ['no spaces', '我们十月十四日在米兰等您，请您来七号馆', '我们十月十五日在米兰等您，请您来七号馆'],
  ])('is found with %s', (_, a, b) => {
    expect(likeness(a, b)).toBeGreaterThanOrEqual(50);
    expect(likeness(a, b)).toBeLessThan(100);
    expect(likeness(b, a)).toBe(likeness(a, b));
  });

  it.each([
    [
      'long news',
      'The new Luna lamp is here. It is made of recycled glass from Murano and needs only six watts. Come and see it.',
      'We were at the fair in Cologne and brought back a prize for the Sole series. Every part can be replaced.',
    ],
    [
      'a line of news',
      'The new Luna lamp is here, made of recycled glass.',
      'We won a prize at the fair in Cologne for the Sole series.',
    ],
  ])('is not two letters in the style of one house with %s', (_, a, b) => {
    expect(likeness(house(a), house(b))).toBeUndefined();
  });

  it('is no two short texts that say different things, and nothing empty', () => {
    expect(likeness('The shop is closed on Monday', 'The shop is open on Monday')).toBeUndefined();
    expect(likeness('Yes', 'No')).toBeUndefined();
    expect(likeness('', '')).toBeUndefined();
    expect(likeness('See the attachment', '')).toBeUndefined();
    expect(likeness('One two three four five six', 'Six five four three two one')).toBeUndefined();
  });

  it('takes no longer than the texts are long', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => `w${(i * 7919) % 10_007}x`).join(' ');
    expect(likeness(long, long)).toBe(99);
  });
});
