import { describe, expect, it } from 'vitest';
import type { Interaction } from '../interactions/interaction.js';
import type { Agreement } from './agreement.js';
import { type AgreementFile, verifyAgreement } from './verify.js';

const asked = { at: '2026-10-12T10:00:00Z', from: 'active', to: 'cancel_requested' };
const signed = { at: '2025-04-01T00:00:00Z', to: 'active' };
const word = (ref: string, data: Partial<Interaction>, note = '') => ({
  ref,
  note,
  withParty: true,
  data: { at: '2026-10-20T10:00:00Z', channel: 'letter', direction: 'outbound', ...data } as Interaction,
});
const findings = (agreement: object, some: Partial<AgreementFile> = {}) =>
  verifyAgreement({
    agreement: { state: 'active', history: [signed], ...agreement } as Agreement,
    words: [],
    openCancellations: [],
    orders: [],
    sends: [],
    isPurpose: () => true,
    dayOf: (when) => when.slice(0, 10),
    ...some,
  }).map(({ finding, evidence }) => [finding, evidence]);
const requested = { state: 'cancel_requested', history: [signed, asked] };
const ended = {
  state: 'terminated',
  effective_at: '2026-12-31',
  confirmation: 'letter-b',
  history: [signed, asked, { at: '2026-12-31T23:00:00Z', to: 'terminated' }],
};

describe('what was told against what is on record', () => {
  it('finds the lie of the lady on the telephone, until it has come true', () => {
    const lie = word('call-a', { channel: 'phone' }, 'It is cancelled, madam.');
    expect(findings({}, { words: [lie] })).toEqual([['told_ended', 'call-a']]);
    expect(findings(requested, { words: [lie] })).toEqual([['told_ended', 'call-a']]);
    const letter = word('letter-b', {}, 'It ends on 31 December 2026.');
    expect(findings(ended, { words: [lie, letter] })).toEqual([]);
  });

  it('finds what was asked, and acknowledged, of one that is active on record', () => {
    const request = word('mail-a', { direction: 'inbound', channel: 'email', intent: 'cancellation' });
    const thanks = word('mail-b', { channel: 'email' }, 'We have received your cancellation.');
    expect(findings({}, { words: [request, thanks], openCancellations: ['case-c'] })).toEqual([
      ['told_acknowledged', 'mail-b'],
      ['not_recorded', 'mail-a'],
      ['not_recorded', 'case-c'],
    ]);
  });

  it('finds a state that somebody wrote beside a history that says otherwise', () => {
    const edited = { ...requested, state: 'active' };
    expect(findings(edited)).toEqual([['not_recorded', null]]);
    const sends = [{ at: '2026-10-13T10:00:00Z', what: 'An offer', evidence: 'campaign-d' }];
    expect(findings(edited, { sends })).toEqual([
      ['not_recorded', null],
      ['sent_after', 'campaign-d'],
    ]);
  });

  it('finds an end that nobody was told, or not in writing, or of another day', () => {
    expect(findings({ ...ended, confirmation: undefined })).toEqual([['never_told', null]]);
    expect(findings({ ...requested, state: 'cancel_acknowledged' })).toEqual([['never_told', null]]);
    const call = word('letter-b', { channel: 'phone' });
    expect(findings(ended, { words: [call] })).toEqual([['not_in_writing', 'letter-b']]);
    const other = word('letter-b', {}, 'We have your letter of 12 October 2026; it ends on 31 March 2027.');
    expect(findings(ended, { words: [other] })).toEqual([['other_day', 'letter-b']]);
  });

  it('finds what went on: catalogues after the request, orders after the end', () => {
    const catalogue = word('catalogue-a', { topics: ['catalogue'] });
    const answer = word('answer-b', { topics: ['catalogue'], case: 'case-k3f9w2q8ab' });
    expect(findings(requested, { words: [catalogue, answer] })).toEqual([['sent_after', 'catalogue-a']]);
    const send = { at: '2026-10-13T10:00:00Z', what: 'News', evidence: 'news-a' };
    expect(findings(requested, { sends: [send] })).toEqual([['sent_after', 'news-a']]);
    const letter = word('letter-b', { at: '2026-11-01T10:00:00Z' }, 'It ends on 31 December 2026.');
    // Once the end is confirmed, what left before that is history.
    expect(findings(ended, { words: [catalogue, letter] })).toEqual([]);
    const order = { ref: 'o-1', data: { number: '1', placed_at: '2027-01-02' } };
    const off = { ref: 'o-2', data: { number: '2', placed_at: '2027-01-02', cancelled_at: '2027-01-03' } };
    expect(findings(ended, { words: [letter], orders: [order, off] })).toEqual([['ordered_after', 'o-1']]);
  });
});
