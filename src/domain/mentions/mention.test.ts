import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownNames, type RawMention, rawMention } from './fields.js';
import { mentionsInJson } from './from-json.js';
import { contentOf, identityOf, isUnhappy, type Mention, mentionOf } from './mention.js';
import { plainText } from './plain-text.js';
import { readRating, scaleOf } from './rating.js';
import { timeReader } from './time.js';

const now = Date.parse('2026-11-20T10:00:00Z');
const time = timeReader([], 'Europe/Rome', 'IT', 'x');
const read = (raw: RawMention, scale = 5) => mentionOf(raw, { source: 'Shop Page', time, scale, now });
const mention = (raw: RawMention) => read({ at: '2026-11-01', ...raw }) as Mention;

describe('a rating', () => {
  it.each([
    ['4', 4, 5],
    ['4,5', 4.5, 5],
    ['3.0', 3, 5],
    ['4/5', 4, 5],
    ['7 / 10', 7, 10],
    ['2 von 5', 2, 5],
    ['3 out of 5 stars', 3, 5],
    ['3 stelle', 3, 5],
    ['80 %', 80, 100],
    ['FOUR', 4, 5],
    ['★★☆☆☆', 2, 5],
    ['⭐️⭐️⭐️', 3, 5],
  ])('is in %s', (text, value, best) => {
    expect(readRating(text, undefined, 5)).toEqual({ value, best });
  });

  it('is none where there is none, and an error where it makes no sense', () => {
    for (const text of [undefined, '', 'STAR_RATING_UNSPECIFIED'])
      expect(readRating(text, undefined, 5)).toBeUndefined();
    for (const text of ['good', '6', '-1', '4/0', '=1+1', '9'.repeat(100_000)])
      expect(readRating(text, undefined, 5)).toHaveProperty('wrong');
    expect(readRating('8', '10', 5)).toEqual({ value: 8, best: 10 });
  });

  it('is of five, unless one of the file is higher', () => {
    expect([scaleOf(['4', '5', '']), scaleOf(['4', '8,5']), scaleOf(['70'])]).toEqual([5, 10, 100]);
  });
});

describe('what belongs to a review', () => {
  it('goes under names of several languages', () => {
    const names = [
      ['Data recensione', 'Autore', 'Stelle', 'Titolo', 'Testo', 'Link', 'ID recensione'],
      ['Datum', 'Verfasser', 'Sterne', 'Überschrift', 'Kommentar', 'Permalink', 'Bewertungs-ID'],
      ['Date de l’avis', 'Auteur', 'Étoiles', 'Titre', 'Avis', 'Lien', 'ID avis'],
      ['Fecha', 'Autor', 'Puntuación', 'Título', 'Reseña', 'Enlace', 'ID reseña'],
      ['created_at', 'reviewer_name', 'Star rating', 'headline', 'review-body', 'url', 'review_id'],
    ];
    for (const header of names) {
      expect(knownNames(header), header.join()).toBe(7);
      expect(rawMention(header.map((name, n) => [name, `${n}`] as const)), header.join()).toEqual({
        ...{ at: '0', author: '1', rating: '2', title: '3', text: '4', url: '5', id: '6' },
      });
    }
  });

  it('is what its value looks like, where a name means two things', () => {
    expect(rawMention([['Bewertung', '2']])).toEqual({ rating: '2' });
    expect(rawMention([['Bewertung', 'Nie wieder']])).toEqual({ text: 'Nie wieder' });
    expect(rawMention([['note', '3/5']])).toEqual({ rating: '3/5' });
    expect(rawMention([['note', 'arrivata rotta']])).toEqual({ text: 'arrivata rotta' });
  });
});

describe('JSON', () => {
  it('of the Google Business Profile API', () => {
    const reviews = [
      {
        name: 'accounts/1/locations/2/reviews/AbC',
        reviewId: 'AbC',
        reviewer: { displayName: 'Ada' },
        starRating: 'TWO',
        comment: 'Mai arrivata',
        createTime: '2026-11-01T10:00:00.123Z',
        updateTime: '2026-11-02T10:00:00Z',
        reviewReply: { comment: 'Ci dispiace', updateTime: '2026-11-03T10:00:00Z' },
      },
      { name: 'accounts/1/locations/2/reviews/XyZ', starRating: 'FIVE', reviewer: { isAnonymous: true } },
    ];
    const raw = {
      ...{ id: 'AbC', author: 'Ada', rating: 'TWO', text: 'Mai arrivata', at: '2026-11-01T10:00:00.123Z' },
      ...{ edited: '2026-11-02T10:00:00Z', reply: 'Ci dispiace', replied: '2026-11-03T10:00:00Z' },
    };
    expect(mentionsInJson({ reviews, averageRating: 3.5 })).toEqual([
      { source: 'google', position: 1, raw },
      { source: 'google', position: 2, raw: { id: 'XyZ', rating: 'FIVE' } },
    ]);
    expect(mentionsInJson({ locationReviews: [{ name: 'x', review: reviews[0] }] })).toMatchObject([{ raw }]);
  });

  it('of Trustpilot, of schema.org, and of nobody in particular', () => {
    const trustpilot = {
      ...{ id: '5f', stars: 1, title: 'No', text: 'Never arrived', createdAt: '2026-11-01T10:00:00Z' },
      ...{
        updatedAt: null,
        consumer: { id: 'c', displayName: 'Bob' },
        referenceId: 'A-2026-17',
        links: [{}],
      },
      companyReply: { text: 'Sorry', createdAt: '2026-11-02T10:00:00Z' },
    };
    expect(mentionsInJson({ reviews: [trustpilot] })).toMatchObject([
      {
        source: 'trustpilot',
        raw: {
          ...{ id: '5f', rating: '1', title: 'No', text: 'Never arrived', author: 'Bob', order: 'A-2026-17' },
          ...{ reply: 'Sorry', replied: '2026-11-02T10:00:00Z' },
        },
      },
    ]);
    const schema = {
      ...{ author: { name: 'Eve' }, datePublished: '2026-11-01', reviewBody: 'Ok' },
      reviewRating: { ratingValue: '8', bestRating: '10' },
    };
    expect(mentionsInJson(schema)).toEqual([
      { raw: { author: 'Eve', at: '2026-11-01', text: 'Ok', rating: '8', best: '10' } },
    ]);
    expect(mentionsInJson({ reviews: [1, null, []] }).map(({ raw }) => raw)).toEqual([{}, {}, {}]);
    expect(mentionsInJson('x')).toEqual([]);
  });
});

describe('a review', () => {
  it('is read with its time, its source and its name there', () => {
    expect(read({ at: '2026-11-01 09:30', id: ' r1 ', rating: '5', author: 'Ada\u001b[2J\u202e' })).toEqual({
      source: 'shop-page',
      review: 'shop-page:r1',
      author: 'Ada',
      email: undefined,
      rating: { value: 5, best: 5 },
      title: '',
      text: '',
      url: undefined,
      at: Date.parse('2026-11-01T08:30:00Z'),
      edited: Date.parse('2026-11-01T08:30:00Z'),
      order: undefined,
      reply: undefined,
    });
    expect(mention({ text: 'x', url: 'javascript:alert(1)' }).url).toBeUndefined();
    expect(mention({ text: 'x', url: 'https://g.example/r?id=1' }).url).toBe('https://g.example/r?id=1');
    expect(mention({ text: 'x', at: 'Sun, 01 Nov 2026 10:00:00 +0100' }).at).toBe(
      Date.parse('2026-11-01T09:00:00Z'),
    );
    expect(mention({ text: 'x', at: '1793523600' }).at).toBe(1793523600000);
  });

  it.each<[string, RawMention, RegExp]>([
    ['says nothing', { at: '2026-11-01', author: 'Ada' }, /neither a text nor a rating/],
    ['has no time', { text: 'x' }, /nothing says when/],
    ['has no time that is one', { text: 'x', at: 'yesterday' }, /"yesterday" is no time/],
    ['is of tomorrow', { text: 'x', at: '2026-11-21' }, /still to come/],
    ['has a rating that is none', { rating: 'good', at: '2026-11-01' }, /no rating/],
    ['has no end', { text: 'x'.repeat(100_001), at: '2026-11-01' }, /longer than/],
  ])('is refused where it %s', (_what, raw, fault) => {
    expect(read(raw)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it('is the same by its name, or by who wrote what when; what it says is another version', () => {
    const one = mention({ id: '1', text: 'a', rating: '5' });
    const other = mention({ id: '1', text: 'b', rating: '1' });
    expect(identityOf(one)).toBe(identityOf(other));
    expect(contentOf(one)).not.toBe(contentOf(other));
    const [nameless, same, another] = ['a', 'a', 'b'].map((text) =>
      identityOf(mention({ author: 'Ada', text })),
    );
    expect(nameless).toBe(same);
    expect(nameless).not.toBe(another);
  });

  it.each<[boolean, RawMention]>([
    [true, { rating: '3' }],
    [true, { rating: '6/10' }],
    [true, { rating: '4', text: 'it broke' }],
    [true, { text: 'it broke' }],
    [false, { rating: '4', text: 'Nice lamps' }],
    [false, { rating: '5', text: 'it never broke' }],
    [false, { text: 'Nice lamps' }],
  ])('is unhappy: %s %j', (unhappy, raw) => {
    expect(isUnhappy(mention(raw), (text) => text.includes('broke'))).toBe(unhappy);
  });
});

it('HTML becomes text, and text stays text', () => {
  expect(plainText('<p>Nie &amp; nimmer<br/>wieder</p><b>&#33;</b>&#x1F600;&nope;&#xD800;')).toBe(
    'Nie & nimmer\nwieder\n!😀&nope;&#xD800;',
  );
  expect(plainText('3 < 4')).toBe('3 < 4');
});

it('takes anything, in linear time', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const { raw } of mentionsInJson(value)) read(raw);
    }),
  );
  fc.assert(
    fc.property(
      fc.record({ at: fc.string(), text: fc.string({ unit: 'binary' }), rating: fc.string() }),
      (raw) => {
        const found = read(raw);
        if (!('fault' in found)) expect(found.text).not.toMatch(/(?![\n\t])\p{Cc}/u);
      },
    ),
  );
  const began = performance.now();
  for (const piece of ['<', '&', ' ', '<a', '<br', '\n ', 'x', '★', '1']) {
    const long = piece.repeat(5_000_000 / piece.length);
    plainText(long);
    read({ at: long, text: long, title: long, rating: long, url: long, author: long });
    rawMention([
      ['rating', long],
      ['bewertung', long],
      [long.slice(0, 1_000_000), 'x'],
    ]);
  }
  expect(performance.now() - began).toBeLessThan(15_000);
});
