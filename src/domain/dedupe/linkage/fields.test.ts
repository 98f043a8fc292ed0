import { describe, expect, it } from 'vitest';
import { alignPlans } from './align-plans.js';
import { comparableNames, planFields } from './fields.js';

/** Kind and columns of each field of a header. */
const planned = (header: string, sample: string[][] = []) =>
  planFields(header.split(','), sample).map(({ kind, columns }) => `${kind} ${columns.join('+')}`);

describe('the columns of a list', () => {
  it.each([
    [
      'first_name,surname,dob,city,email',
      ['given_name 0', 'family_name 1', 'email 4', 'locality 3', 'date 2'],
    ],
    [
      'given_name,surname,street_number,address_1,suburb,postcode,state,date_of_birth,soc_sec_id',
      [
        'given_name 0',
        'family_name 1',
        'street 2+3',
        'locality 4',
        'region 6',
        'postal_code 5',
        'date 7',
        'identifier 8',
      ],
    ],
    ['fname_c1,fname_c2,lname_c1,by,bm,bd', ['date 3+4+5', 'given_name 0+1', 'family_name 2']],
    ['org_name,street,website,phone', ['company 0', 'phone 3', 'street 1', 'domain 2']],
    ['Site name,Address,Zip,Phone', ['company 0', 'phone 3', 'street 1', 'postal_code 2']],
    ['Nome,Cognome,Cellulare,Telefono', ['given_name 0', 'family_name 1', 'phone 2+3']],
    ['Vorname,Nachname,Telefon', ['given_name 0', 'family_name 1', 'phone 2']],
  ])('%s', (header, fields) => {
    expect(planned(header).sort()).toEqual([...fields].sort());
  });

  it('takes a name beside a surname for the given name, unless it says the surname again', () => {
    expect(planned('name,surname', [['Mario', 'Rossi']])).toEqual(['given_name 0', 'family_name 1']);
    expect(planned('name,surname', [['Mario Rossi', 'Rossi']])).toEqual(['name 0']);
  });

  it('says nothing by a whole name beside its parts, and compares no id, title or note', () => {
    expect(planned('id,title,first_name,last_name,name,notes')).toEqual(['given_name 2', 'family_name 3']);
  });

  it('is told by the looks of the cells where the name says nothing', () => {
    expect(planned('a,b,c', [['x@y.it', '1980-02-03', 'words']])).toEqual(['email 0', 'date 1']);
  });

  it('is what the user says it is, and never the truth or an id', () => {
    const plans = planFields(
      ['email', 'who', 'phone'],
      [],
      new Set([0]),
      new Map([
        [1, 'company'],
        [2, 'none'],
      ]),
    );
    expect(plans).toEqual([{ kind: 'company', name: 'who', columns: [1] }]);
  });

  it('tells a header from a row', () => {
    expect(comparableNames(['first_name', 'dob', 'x'])).toBe(2);
    expect(comparableNames(['Mario', '1980-02-03', 'mario@x.it'])).toBe(0);
  });
});

describe('two lists', () => {
  const align = (one: string, other: string) =>
    alignPlans(planFields(one.split(','), []), planFields(other.split(','), [])).map((plans) =>
      plans.map(({ kind, columns }) => `${kind} ${columns.join('+')}`),
    );

  it('are compared by what both have, wherever it stands', () => {
    expect(align('email,city,phone', 'telefono,x,E-mail')).toEqual([
      ['email 0', 'phone 2'],
      ['email 2', 'phone 0'],
    ]);
  });

  it('are compared by whole names where one does not split them', () => {
    expect(align('full_name,email', 'first_name,last_name,email')).toEqual([
      ['name 0', 'email 1'],
      ['name 0+1', 'email 2'],
    ]);
  });

  it('may have one column of a kind here and several there', () => {
    expect(align('phone', 'mobile,phone')).toEqual([['phone 0+-1'], ['phone 0+1']]);
  });

  it('that share nothing have no field', () => {
    expect(align('email', 'phone')).toEqual([[], []]);
  });
});
