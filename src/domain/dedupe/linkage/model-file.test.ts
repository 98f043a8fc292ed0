import { describe, expect, it } from 'vitest';
import { ItacaError } from '../../error.js';
import { modelText, parseModel } from './model-file.js';

const m = { country: [0.9, 0.1], phone: [0.6, 0.1, 0.1, 0.2] };
const written = JSON.parse(modelText({ m, expectedMatches: 0.25 }));
const withCountry = (levels: unknown) =>
  JSON.stringify({ format: 'itaca-linkage-1', fields: { country: { levels } } });

describe('the file of a model', () => {
  it('says what it is, by kind and level', () => {
    expect(written).toEqual({
      format: 'itaca-linkage-1',
      matches: 0.25,
      fields: {
        phone: {
          levels: [
            { name: 'exact', m: 0.6 },
            { name: 'same without prefix', m: 0.1 },
            { name: 'a digit off', m: 0.1 },
            { name: 'different', m: 0.2 },
          ],
        },
        country: {
          levels: [
            { name: 'exact', m: 0.9 },
            { name: 'different', m: 0.1 },
          ],
        },
      },
    });
  });

  it('is read as it was written', () => {
    expect(parseModel(JSON.stringify(written), 'm.json')).toEqual({ m, expectedMatches: 0.25 });
  });

  it.each([
    ['nothing', '', /no JSON/],
    ['a list', '[]', /not a JSON object/],
    ['another program’s', '{"link_type":"dedupe_only"}', /format is missing/],
    ['another version', '{"format":"itaca-linkage-9"}', /format is "itaca-linkage-9"/],
    ['no fields', '{"format":"itaca-linkage-1"}', /fields is missing/],
    ['impossible matches', '{"format":"itaca-linkage-1","matches":-1,"fields":{}}', /matches is -1/],
    ['a kind of words', '{"format":"itaca-linkage-1","fields":{"name":{"levels":[]}}}', /"name"/],
    ['a prototype', '{"format":"itaca-linkage-1","fields":{"__proto__":{"levels":[]}}}', /"__proto__"/],
    ['no levels', '{"format":"itaca-linkage-1","fields":{"country":{}}}', /levels is not a list/],
    ['too few levels', withCountry([{ name: 'exact', m: 1 }]), /1 levels, not 2: exact, different/],
    ['another level', withCountry([{ name: 'x' }, { name: 'y' }]), /levels\[0\].name is "x"/],
    [
      'a text for a share',
      withCountry([
        { name: 'exact', m: '0.9' },
        { name: 'different', m: 0.1 },
      ]),
      /m is "0.9"/,
    ],
    [
      'too much',
      withCountry([
        { name: 'exact', m: 0.9 },
        { name: 'different', m: 0.3 },
      ]),
      /add up to 1.2/,
    ],
  ])('is refused where it holds %s', (_, text, what) => {
    let error: unknown;
    try {
      parseModel(text, 'm.json');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ItacaError);
    expect(error).toMatchObject({ code: 'invalid', path: 'm.json', message: expect.stringMatching(what) });
  });
});
