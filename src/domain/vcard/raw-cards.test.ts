import { describe, expect, it } from 'vitest';
import { rawCards } from './raw-cards.js';

function cut(text: string | Uint8Array) {
  const { cards, strays } = rawCards(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  return { cards: [...cards], strays };
}

const card = ['BEGIN:VCARD', 'FN:A', ' b', 'END:VCARD', ''];
const lines = ['FN:A', ' b'];

describe('a file of cards', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('is cut whatever its lines end in: %s', (_, end) => {
    const { cards, strays } = cut([...card.slice(0, -1), ...card].join(end));
    expect(cards).toEqual([
      { line: 1, lines },
      { line: 5, lines },
    ]);
    expect(strays).toEqual([]);
  });

  it('may begin with a byte order mark, and lack the end of its last line', () => {
    expect(cut('\xef\xbb\xbfbegin:vcard\nFN:A\n b\nEnd:vCard').cards).toEqual([{ line: 1, lines }]);
  });

  it('is cut alike wherever a window of it ends', () => {
    const filler = `NOTE:${'x'.repeat(1021)}`;
    for (const more of [0, 1, 2, 3, 4]) {
      const long = Array.from({ length: 4096 }, () => filler).join('\r\n');
      const { cards } = cut(`BEGIN:VCARD\r\nX:${'y'.repeat(more)}\r\n${long}\r\nEND:VCARD\r\n`);
      expect(cards).toHaveLength(1);
      expect(cards[0]).toMatchObject({
        line: 1,
        lines: [`X:${'y'.repeat(more)}`, ...Array(4096).fill(filler)],
      });
    }
  });

  it('refuses a card that does not end, and takes the next', () => {
    const refused = 'the card that begins here has no END:VCARD';
    expect(cut(['BEGIN:VCARD', 'FN:X', ...card].join('\n')).cards).toEqual([
      { line: 1, refused },
      { line: 3, lines },
    ]);
    expect(cut(`${card.join('\n')}BEGIN:VCARD\nFN:X`).cards[1]).toEqual({ line: 5, refused });
  });

  it('does not take a folded line for the frame of a card', () => {
    expect(cut('BEGIN:VCARD\nNOTE:a\n END:VCARD\n BEGIN:VCARD\nEND:VCARD\n').cards).toEqual([
      { line: 1, lines: ['NOTE:a', ' END:VCARD', ' BEGIN:VCARD'] },
    ]);
  });

  it('tells what stands in no card, once for each run', () => {
    const message = 'this stands in no card: expected BEGIN:VCARD';
    const { cards, strays } = cut(`junk\nmore\n\n${card.join('\n')}\nname,email\n`);
    expect(cards).toHaveLength(1);
    expect(strays).toEqual([
      { line: 1, message },
      { line: 9, message },
    ]);
  });

  it('keeps a card within a card as its lines, to some depth', () => {
    const inner = (depth: number): string[] =>
      depth === 0 ? [] : ['AGENT:', 'BEGIN:VCARD', ...inner(depth - 1), 'END:VCARD'];
    const nested = (depth: number) =>
      cut(['BEGIN:VCARD', ...inner(depth), ...card.slice(1)].join('\n')).cards;
    expect(nested(8)).toEqual([{ line: 1, lines: [...inner(8), ...lines] }]);
    expect(nested(9)).toEqual([{ line: 1, refused: 'more than 8 cards lie within one another' }]);
  });

  it('refuses what is too large, or no text', () => {
    const after = Buffer.from(card.join('\n'));
    const large = Buffer.concat([
      Buffer.from('BEGIN:VCARD\nNOTE:'),
      Buffer.alloc(40 << 20, 'x'),
      Buffer.from('\nEND:VCARD\n'),
      after,
    ]);
    expect(cut(large).cards).toEqual([
      { line: 1, refused: 'the card is larger than 16 MB' },
      { line: 4, lines },
    ]);
    expect(cut(`BEGIN:VCARD\nFN:a\0b\nEND:VCARD\n${after}\0\0\0`)).toEqual({
      cards: [
        { line: 1, refused: 'the card holds NUL bytes' },
        { line: 4, lines },
      ],
      strays: [],
    });
  });
});
