import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeKeys } from './attribute-keys.js';
import { columnsOf, parseMap, recogniseLogColumns } from './columns.js';

describe('the columns of a log', () => {
  it.each([
    ['Case ID,Activity,Resource,Complete Timestamp', { case: 0, activity: 1, by: 2, at: 3 }],
    [
      ',concept:name,org:resource,time:timestamp,Activity,Resource,Costs,case:concept:name,case:creator',
      { activity: 1, by: 2, at: 3, case: 7 },
    ],
    [
      'case_id,activity,timestamp,resource,lifecycle_transition,from,to,title,case_type',
      { case: 0, activity: 1, at: 2, by: 3, from: 5, to: 6, title: 7, type: 8 },
    ],
    ['ID caso;Attività;Data e ora;Operatore', { case: 0, activity: 1, at: 2, by: 3 }],
  ])('%s', (header, expected) => {
    expect(recogniseLogColumns(header.split(/[,;]/))).toEqual(expected);
  });

  it('may be told, with synonyms and several at once', () => {
    expect(parseMap(['case_id=Ticket, no,event=Action', 'timestamp = When'])).toEqual([
      ['case', 'Ticket, no'],
      ['activity', 'Action'],
      ['at', 'When'],
    ]);
    const header = ['Ticket, no', 'Action', 'When', 'state'];
    expect(columnsOf(header, parseMap(['case=ticket no,activity=Action,at=When,title=state']), 'x')).toEqual({
      case: 0,
      activity: 1,
      at: 2,
      // What is the title is not the state, too.
      title: 3,
    });
  });

  it.each([
    [['colour=red'], 'is no field of an event'],
    [['case'], 'expected <field>=<column>'],
    [['case='], 'expected <field>=<column>'],
  ])('told wrongly are refused: %j', (given, message) => {
    expect(() => parseMap(given)).toThrow(message);
  });

  it('that are not there, or there twice, are refused', () => {
    const header = ['case', 'activity', 'time', 'Variant', 'Variant'];
    expect(() => columnsOf(header, [['by', 'Who']], 'x')).toThrow('there is no column "Who"');
    expect(() => columnsOf(header, [['by', 'Variant']], 'x')).toThrow('2 columns are named "Variant"');
    expect(() => columnsOf(['a', 'b'], [], 'x.csv')).toThrow(
      expect.objectContaining({
        code: 'invalid',
        path: 'x.csv',
        message: expect.stringContaining('which case an event belongs to'),
        hint: expect.stringContaining('a, b'),
      }),
    );
  });
});

describe('the keys of attributes', () => {
  it('are names in snake case, each its own', () => {
    expect(
      attributeKeys([
        'Variant',
        'Variant index',
        'Variant',
        'org:group',
        'serviceLevel',
        '',
        '2nd',
        'to',
        '客户',
      ]),
    ).toEqual([
      'variant',
      'variant_index',
      'variant_2',
      'org_group',
      'service_level',
      undefined,
      'x_2nd',
      'to_2',
      'column_9',
    ]);
  });

  it('are one for what a case and its events say under one name', () => {
    expect(attributeKeys(['case:product', 'product', 'Product'])).toEqual([
      'product',
      'product',
      'product_2',
    ]);
  });

  it('come out of their own names as they are, and are never given twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 })), (names) => {
        const plain = names.filter((name) => !name.startsWith('case:'));
        const keys = attributeKeys(plain).filter((key) => key !== undefined);
        expect(new Set(keys).size).toBe(keys.length);
        for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(attributeKeys(keys)).toEqual(keys);
      }),
    );
  });
});
