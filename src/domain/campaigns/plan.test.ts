import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contact } from '../contacts/contact.js';
import { indexSuppressions } from '../suppression/match.js';
import type { Suppression } from '../suppression/suppression.js';
import { campaign } from './campaign.js';
import { countByReason, type LeftOutReason } from './left-out.js';
import type { Candidate } from './persons.js';
import { type PlanInput, planSend } from './plan.js';

const addressRules = {
  canonicalEmail: (text: string) =>
    /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? text.toLowerCase().replace(/\+[^@]*@/, '@') : undefined,
  isValid: (text: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
};
const suppressionRules = { ...addressRules, hmac: (canonical: string) => `hmac:${canonical}` };
const given = [{ purpose: 'newsletter', state: 'given', at: '2026-01-01T00:00:00Z' }];

function person(id: string, data: Record<string, unknown> = {}): Candidate {
  const full = id.padEnd(10, '0');
  const parsed = contact.parse({ name: `N ${id}`, emails: [`${id}@example.it`], consents: given, ...data });
  return { id: full, ref: `n-${full}`, data: parsed };
}

type Overrides = Partial<Omit<PlanInput, 'campaign' | 'suppressions'>> & {
  campaign?: Record<string, unknown>;
  suppressions?: Suppression[];
};

function plan(candidates: Candidate[], overrides: Overrides = {}) {
  const { campaign: changes, suppressions, ...rest } = overrides;
  return planSend({
    candidates,
    addressRules,
    purposes: { newsletter: { basis: 'consent' }, service: { basis: 'contract' } },
    agreements: [],
    cases: [],
    orders: [],
    bodies: ['*'],
    workspaceLanguages: ['it'],
    sent: [],
    sameContent: [],
    history: [],
    limits: [],
    now: '2026-11-24T10:00:00+01:00',
    ...rest,
    suppressions: indexSuppressions(suppressions ?? [], suppressionRules),
    campaign: campaign.parse({
      title: 'Spring news',
      purpose: 'newsletter',
      audience: 'kind:contact',
      state: 'draft',
      ...changes,
    }),
  });
}

/** Reason and sentence of the only candidate, or `to` and the address. */
function verdict(data: Record<string, unknown>, overrides: Overrides = {}): [string, string] {
  const { recipients, leftOut } = plan([person('a', data)], overrides);
  expect(recipients.length + leftOut.length).toBe(1);
  return recipients[0] ? ['to', recipients[0].address] : [leftOut[0]!.reason, leftOut[0]!.detail];
}

describe('addresses', () => {
  it('takes the primary address, else the first that works', () => {
    expect(verdict({ emails: ['x@example.it', { address: 'y@example.it', primary: true }] })[1]).toBe(
      'y@example.it',
    );
    expect(verdict({ emails: [{ address: 'x@example.it', invalid: true }, 'y@example.it'] })[1]).toBe(
      'y@example.it',
    );
    expect(
      verdict({ emails: [{ address: 'x@example.it', primary: true, invalid: true }, 'y@example.it'] })[1],
    ).toBe('y@example.it');
  });

  it('leaves out who has none, or none that works', () => {
    expect(verdict({ emails: [] })).toEqual(['no_address', 'no e-mail address on file']);
    expect(verdict({ emails: undefined })[0]).toBe('no_address');
    expect(verdict({ emails: ['nonsense'] })).toEqual([
      'invalid_address',
      'no working e-mail address: nonsense',
    ]);
    expect(verdict({ emails: [{ address: 'x@example.it', invalid: true }] })[0]).toBe('invalid_address');
  });
});

describe('suppression', () => {
  const at = '2026-10-01';
  const cases: [string, Suppression, string][] = [
    ['address', { address: 'A@Example.it', reason: 'unsubscribed', at }, 'suppressed'],
    ['plus tag', { address: 'a+news@example.it', reason: 'manual' }, 'suppressed'],
    ['domain', { domain: 'example.it', reason: 'manual' }, 'suppressed'],
    ['parent domain', { domain: 'it', reason: 'manual' }, 'suppressed'],
    ['another domain that ends alike', { domain: 'ample.it', reason: 'manual' }, 'to'],
    ['hmac', { address_hmac: ['hmac:a@example.it'], reason: 'erased' }, 'suppressed'],
    ['scope all', { address: 'a@example.it', scope: 'all', reason: 'manual' }, 'suppressed'],
    [
      'scope of this purpose',
      { address: 'a@example.it', scope: 'newsletter', reason: 'manual' },
      'suppressed',
    ],
    ['scope of another purpose', { address: 'a@example.it', scope: 'service', reason: 'manual' }, 'to'],
    ['someone else', { address: 'b@example.it', reason: 'manual' }, 'to'],
  ];
  it.each(cases)('%s', (_, entry, expected) => {
    expect(verdict({}, { suppressions: [entry] })[0]).toBe(expected);
  });

  it('says why and since when', () => {
    expect(verdict({}, { suppressions: [{ domain: 'example.it', reason: 'spam_complaint', at }] })[1]).toBe(
      'spam complaint (domain example.it) since 2026-10-01',
    );
  });

  it('counts for the person when said under an old address, and for every record of the person', () => {
    const emails = ['a@example.it', { address: 'old@example.it', invalid: true }];
    const suppressions: Suppression[] = [{ address: 'old@example.it', reason: 'unsubscribed' }];
    expect(verdict({ emails }, { suppressions })[0]).toBe('suppressed');
    const both = plan([person('a', { emails }), person('b', { emails: ['a@example.it'] })], { suppressions });
    expect(both.leftOut.map(({ reason }) => reason)).toEqual(['suppressed', 'suppressed']);
  });

  it('a bounce closes only the address that bounced', () => {
    const suppressions: Suppression[] = [{ address: 'a@example.it', reason: 'hard_bounce' }];
    expect(verdict({ emails: ['a@example.it', 'b@example.it'] }, { suppressions })[1]).toBe('b@example.it');
    expect(verdict({}, { suppressions })[0]).toBe('suppressed');
  });
});

describe('consent', () => {
  const entry = (state: string, more: Record<string, unknown> = {}) => ({
    purpose: 'newsletter',
    state,
    at: '2026-02-01T00:00:00Z',
    ...more,
  });
  const table: [string, unknown[], string, string][] = [
    // what is on file, consents, newsletter (rests on consent), service (rests on the contract)
    ['nothing', [], 'consent_unknown', 'to'],
    ['given', [entry('given')], 'to', 'to'],
    ['refused', [entry('refused')], 'consent_refused', 'consent_refused'],
    [
      'withdrawn',
      [entry('given', { at: '2026-01-01' }), entry('withdrawn')],
      'consent_withdrawn',
      'consent_withdrawn',
    ],
    ['given again', [entry('withdrawn', { at: '2026-01-01' }), entry('given')], 'to', 'to'],
    [
      'listed out of order',
      [entry('withdrawn'), entry('given', { at: '2026-01-01' })],
      'consent_withdrawn',
      'consent_withdrawn',
    ],
    ['both at once', [entry('withdrawn'), entry('given')], 'consent_withdrawn', 'consent_withdrawn'],
    ['expired', [entry('given', { until: '2026-11-23' })], 'consent_expired', 'to'],
    ['last day', [entry('given', { until: '2026-11-24' })], 'to', 'to'],
    ['another channel', [entry('given', { channel: 'phone' })], 'consent_unknown', 'to'],
    ['this channel', [entry('given', { channel: 'email' })], 'to', 'to'],
    [
      'all channels, later this one',
      [entry('given', { at: '2026-01-01' }), entry('refused', { channel: 'email' })],
      'consent_refused',
      'consent_refused',
    ],
    [
      'this channel, later all',
      [entry('given', { at: '2026-01-01', channel: 'email' }), entry('withdrawn')],
      'consent_withdrawn',
      'consent_withdrawn',
    ],
  ];
  it.each(table)('%s', (_, consents, newsletter, service) => {
    expect(verdict({ consents })[0]).toBe(newsletter);
    const asService = (consents as { purpose: string }[]).map((item) => ({ ...item, purpose: 'service' }));
    expect(verdict({ consents: asService }, { campaign: { purpose: 'service' } })[0]).toBe(service);
  });

  it('a purpose nobody configured rests on consent', () => {
    expect(verdict({}, { campaign: { purpose: 'other' } })[0]).toBe('consent_unknown');
  });
});

describe('holds', () => {
  const complaint = (state: string, type = 'complaint') => [
    {
      ref: 'books-never-arrived-c000000000',
      data: {
        title: 'Books never arrived',
        type,
        state,
        contact: 'n-a000000000',
        opened_at: '2026-11-01T00:00:00Z',
      },
    },
  ];
  const orders = (data: Record<string, unknown>) => [
    { ref: 'o-d000000000', data: { number: 'O-1', contact: 'n-a000000000', ...data } },
  ];
  const agreements = (state: string) => [
    { ref: 'g-e000000000', data: { number: 'G-1', state, contact: 'n-a000000000' } },
  ];

  it('an open complaint, named', () => {
    expect(verdict({}, { cases: complaint('waiting_customer') as PlanInput['cases'] })).toEqual([
      'open_complaint',
      'open complaint: Books never arrived (books-never-arrived-c000000000)',
    ]);
    for (const state of ['resolved', 'closed', 'merged', 'rejected']) {
      expect(verdict({}, { cases: complaint(state) as PlanInput['cases'] })[0]).toBe('to');
    }
    expect(verdict({}, { cases: complaint('open', 'question') as PlanInput['cases'] })[0]).toBe('to');
  });

  it.each([
    [{ promised_by: '2026-11-23' }, 'late_order'],
    [{ promised_by: '2026-11-23', shipped_at: '2026-11-20' }, 'late_order'],
    [{ promised_by: '2026-11-23', delivered_at: '2026-11-23' }, 'to'],
    [{ promised_by: '2026-11-23', cancelled_at: '2026-11-20' }, 'to'],
    [{ promised_by: '2026-11-24' }, 'to'],
    [{ promised_by: '2026-11-24T09:00:00+01:00' }, 'late_order'],
    [{}, 'to'],
  ])('order %j: %s', (data, expected) => {
    expect(verdict({}, { orders: orders(data) })[0]).toBe(expected);
  });

  it.each(['cancel_requested', 'cancel_acknowledged', 'terminated'])('agreement %s', (state) => {
    expect(verdict({}, { agreements: agreements(state) as PlanInput['agreements'] })[0]).toBe(
      'agreement_cancelled',
    );
  });

  it.each(['active', 'expired'])('agreement %s holds nobody back', (state) => {
    expect(verdict({}, { agreements: agreements(state) as PlanInput['agreements'] })[0]).toBe('to');
  });

  it('a campaign may switch a hold off, by list or by name', () => {
    const cases = complaint('open') as PlanInput['cases'];
    expect(verdict({}, { cases, campaign: { holds: ['late_order'] } })[0]).toBe('to');
    expect(verdict({}, { cases, campaign: { holds: { open_complaint: false } } })[0]).toBe('to');
    expect(verdict({}, { cases, campaign: { holds: { late_order: false } } })[0]).toBe('open_complaint');
  });
});

describe('what went out before', () => {
  const message = { address: 'a@example.it', at: '2026-10-14T09:00:00Z', office: 'sales', title: 'Autumn' };

  it('this campaign', () => {
    expect(verdict({}, { sent: [message] })).toEqual(['already_sent', 'already sent by sales on 2026-10-14']);
    const elsewhere = { contact: 'a000000000', address: 'was@example.org', at: '2026-10-14T09:00:00Z' };
    expect(verdict({}, { sent: [elsewhere] })).toEqual(['already_sent', 'already sent on 2026-10-14']);
    expect(verdict({ emails: [] }, { sent: [elsewhere] })[0]).toBe('already_sent');
  });

  it('the same text by another office', () => {
    expect(verdict({}, { sameContent: [message] })).toEqual([
      'same_content',
      'the same text was sent by sales on 2026-10-14 as “Autumn”',
    ]);
  });

  it('the cap over all offices', () => {
    const limits = [{ messages: 2, days: 60 }];
    expect(verdict({}, { limits, history: [message] })[0]).toBe('to');
    expect(verdict({}, { limits, history: [message, { ...message, office: 'support' }] })).toEqual([
      'frequency_cap',
      '2 of at most 2 in 60 days, the last by support on 2026-10-14',
    ]);
    const recent = [{ messages: 2, days: 7 }];
    expect(verdict({}, { limits: recent, history: [message, { ...message, office: 'b' }] })[0]).toBe('to');
    const others = [{ messages: 1, days: 60, purposes: ['offers'] }];
    expect(verdict({}, { limits: others, history: [message] })[0]).toBe('to');
  });
});

describe('language, exclusion, one person', () => {
  it.each([
    ['it', ['it', 'de'], 'to'],
    ['de-AT', ['it', 'de'], 'to'],
    ['fr', ['it', 'de'], 'no_body'],
    ['fr', ['it', '*'], 'to'],
    [undefined, ['de', 'it'], 'to'],
    [undefined, ['de'], 'no_body'],
  ])('language %s among %j: %s', (language, bodies, expected) => {
    expect(verdict({ language }, { bodies })[0]).toBe(expected);
  });

  it('an excluded contact is left out with the query', () => {
    expect(verdict({}, { excluded: new Map([['a000000000', '+vip']]) })).toEqual([
      'excluded',
      'excluded by the campaign: +vip',
    ]);
  });

  it('one person with two records gets one message', () => {
    const { recipients, leftOut } = plan([
      person('b', { emails: ['a+x@example.it'] }),
      person('a', { emails: ['A@example.it', 'c@example.it'] }),
      person('c', { emails: ['c@example.it'] }),
    ]);
    expect(recipients.map(({ contact: id }) => id)).toEqual(['a000000000']);
    expect(leftOut.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['same_person', 'same person as N a (n-a000000000)'],
      ['same_person', 'same person as N a (n-a000000000)'],
    ]);
  });

  it('colleagues who share a second address stay two persons', () => {
    const { recipients } = plan([
      person('a', { emails: ['a@example.it', 'info@example.it'] }),
      person('b', { emails: ['b@example.it', 'info@example.it'] }),
    ]);
    expect(recipients).toHaveLength(2);
  });

  it('a refusal filed under one record of the person holds for the other', () => {
    const refused = [{ purpose: 'newsletter', state: 'refused', at: '2026-03-01' }];
    const { recipients, leftOut } = plan([
      person('a'),
      person('b', { emails: ['a@example.it'], consents: refused }),
    ]);
    expect(recipients).toEqual([]);
    expect(countByReason(leftOut)).toEqual({ consent_refused: 2 });
  });
});

describe('for every audience', () => {
  const address = fc
    .constantFrom('a', 'b', 'c', 'd+x', 'D', 'e', 'nonsense')
    .map((local) => (local === 'nonsense' ? local : `${local}@example.it`));
  const email = fc.oneof(address, fc.record({ address, invalid: fc.boolean(), primary: fc.boolean() }));
  const data = fc.record({
    emails: fc.array(email, { maxLength: 4 }),
    consents: fc.constantFrom(given, [], [{ purpose: 'newsletter', state: 'refused', at: '2026-03-01' }]),
    language: fc.constantFrom('it', 'fr', undefined),
  });
  const audience = fc
    .array(data, { maxLength: 12 })
    .map((all) => all.map((entry, index) => person(`${index % 10}${index}`, entry)));
  const suppressions = fc.array(
    fc.record({
      address,
      reason: fc.constantFrom<Suppression['reason']>('hard_bounce', 'unsubscribed'),
    }),
    { maxLength: 3 },
  );
  const sent = fc.array(fc.record({ address, at: fc.constant('2026-10-01T00:00:00Z') }), { maxLength: 2 });

  it('everyone is in the plan exactly once, no address twice, whatever the order', () => {
    fc.assert(
      fc.property(
        audience,
        suppressions,
        sent,
        fc.infiniteStream(fc.nat()),
        (candidates, entries, before, order) => {
          const overrides = { suppressions: entries, sent: before, bodies: ['it'] };
          const result = plan(candidates, overrides);
          const all = [...result.recipients, ...result.leftOut].map(({ contact: id }) => id).sort();
          expect(all).toEqual(candidates.map(({ id }) => id).sort());
          const addresses = result.recipients.map(({ canonical }) => canonical);
          expect(new Set(addresses).size).toBe(addresses.length);
          const counts = Object.values(countByReason(result.leftOut) as Record<LeftOutReason, number>);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(result.leftOut.length);

          const shuffled = candidates
            .map((candidate) => ({ candidate, key: order.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ candidate }) => candidate);
          expect(plan(shuffled, overrides)).toEqual(result);

          // Nobody who asked not to be written to is written to, under whatever address he said it.
          const silenced = new Set(
            entries
              .filter(({ reason }) => reason === 'unsubscribed')
              .map((entry) => addressRules.canonicalEmail(entry.address!)),
          );
          for (const { contact: id } of result.recipients) {
            const chosen = candidates.find((candidate) => candidate.id === id)!;
            for (const entry of chosen.data.emails ?? []) {
              const text = typeof entry === 'string' ? entry : String(entry.address);
              const canonical = addressRules.canonicalEmail(text);
              if (canonical !== undefined) expect(silenced.has(canonical)).toBe(false);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
