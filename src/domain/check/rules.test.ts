import { describe, expect, it } from 'vitest';
import type { Kind } from '../records/kind-names.js';
import type { Surroundings } from './fault.js';
import { faultsOf } from './rules.js';

const nowhere: Surroundings = {
  members: new Set(['anna']),
  offices: new Set(['main']),
  purposes: new Set(['newsletter']),
  stages: new Set(['lead', 'proposal', 'won', 'lost']),
  process: () => undefined,
  queryFault: (query) => (query === 'broken' ? 'no query' : undefined),
};

const at = (kind: Kind, data: Record<string, unknown>) =>
  faultsOf({ kind, id: 'k3f9w2q8ab', data }, nowhere).map((fault) => fault.at.join('.'));

const move = (when: string, to: string, from?: string) => ({ at: when, to, ...(from ? { from } : {}) });

describe('a record contradicts itself', () => {
  it.each<[string, Kind, Record<string, unknown>, string[]]>([
    [
      'kept and cancelled',
      'promise',
      { kept_in: 'x', cancelled_at: '2026-10-02T10:00:00Z' },
      ['cancelled_at'],
    ],
    ['due before made', 'promise', { made_at: '2026-10-02T10:00:00Z', due: '2026-10-01' }, ['due']],
    [
      'due on the day it was made',
      'promise',
      { made_at: '2026-10-02T10:00:00+02:00', due: '2026-10-02' },
      [],
    ],
    [
      'kept in another zone, later',
      'promise',
      { made_at: '2026-10-02T10:00:00+02:00', kept_at: '2026-10-02T09:30:00Z' },
      [],
    ],
    ['merged into nothing', 'case', { state: 'merged' }, ['state']],
    [
      'merged into another, and open',
      'case',
      { state: 'open', merged_into: 'x-k3f9w2q8ac' },
      ['merged_into'],
    ],
    ['merged into itself', 'case', { state: 'merged', merged_into: 'x-k3f9w2q8ab' }, ['merged_into']],
    [
      'a history that begins before it',
      'case',
      { state: 'new', opened_at: '2026-10-02T10:00:00Z', history: [move('2026-10-01T10:00:00Z', 'new')] },
      ['history.0.at'],
    ],
    [
      'a history that ends with a change of owner',
      'case',
      {
        state: 'new',
        history: [move('2026-10-01T10:00:00Z', 'new'), { at: '2026-10-02T10:00:00Z', owner: 'anna' }],
      },
      [],
    ],
    [
      'closed without resolved',
      'case',
      { state: 'closed', history: [move('2026-10-01T10:00:00Z', 'closed', 'open')] },
      ['state'],
    ],
    [
      'a deal at another stage',
      'deal',
      { stage: 'lead', history: [move('2026-10-01T10:00:00Z', 'proposal')] },
      ['stage'],
    ],
    ['a deal in a stage that there is not', 'deal', { stage: 'drawer' }, ['stage']],
    ['a deal that is won of nobody', 'deal', { stage: 'won' }, ['stage']],
    ['a deal that is lost for no reason', 'deal', { stage: 'lost' }, ['stage']],
    ['a deal that goes on and is lost', 'deal', { stage: 'lead', lost_reason: 'price' }, ['lost_reason']],
    ['a deal that is won', 'deal', { stage: 'won', company: 'acme-k3f9w2q8ab' }, []],
    [
      'an end before the start',
      'agreement',
      { state: 'active', start: '2026-02-01', end: '2026-01-31' },
      ['end'],
    ],
    [
      'delivered and cancelled',
      'order',
      { delivered_at: '2026-10-02', cancelled_at: '2026-10-02' },
      ['cancelled_at'],
    ],
    [
      'delivered before shipped',
      'order',
      { shipped_at: '2026-10-02', delivered_at: '2026-10-01' },
      ['delivered_at'],
    ],
    [
      'over before it began',
      'interaction',
      { at: '2026-10-02T10:00:00Z', ended_at: '2026-10-02T11:30:00+02:00' },
      ['ended_at'],
    ],
    ['an answer to itself', 'interaction', { answers: 'x-k3f9w2q8ab' }, ['answers']],
    ['no query', 'campaign', { audience: 'kind:contact', exclude: ['+x', 'broken'] }, ['exclude.1']],
    ['no sender', 'campaign', { from: 'News <news@>' }, ['from']],
    ['an unknown scope', 'suppression', { domain: '@example.org', scope: 'gifts' }, ['scope']],
    ['an address with a space', 'suppression', { address: 'a b@example.org' }, ['address']],
    [
      'addresses',
      'contact',
      { emails: ['a@b.example', { address: 'x' }, { address: 'y', invalid: true }] },
      ['emails.1.address'],
    ],
    [
      'telephones',
      'contact',
      { phones: ['112', '-', '3,48E+11', { number: 'int. 12' }] },
      ['phones.1', 'phones.2'],
    ],
    [
      'strangers',
      'contact',
      { owner: 'luca', office: 'moon', consents: [{ purpose: 'gifts' }] },
      ['owner', 'office', 'consents.0.purpose'],
    ],
    ['nothing at all', 'contact', { owner: 'anna', history: 'x', consents: [null], emails: [7] }, []],
  ])('%s', (_what, kind, data, expected) => {
    expect(at(kind, data)).toEqual(expected);
  });
});
