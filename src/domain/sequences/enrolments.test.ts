import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withId } from '../sending/journal-line.js';
import type { EnrolmentDraft, EnrolmentLine } from './enrolment-line.js';
import { enrolmentsOf } from './enrolments.js';

const contact = 'a-aaaaaaaaaa';
const hour = (n: number) => `2026-11-20T${String(n).padStart(2, '0')}:00:00Z`;
const line = (draft: EnrolmentDraft) => withId(draft) as EnrolmentLine;
const enrolled = (at: number, by = 'anna') =>
  line({ event: 'enrolled', at: hour(at), contact, by, why: 'by hand' });
const again = (at: number) =>
  line({ event: 'enrolled', at: hour(at), contact, by: 'anna', why: 'by hand', again: true });
const stopped = (at: number, reason = 'reply') =>
  line({ event: 'stopped', at: hour(at), contact, by: 'itaca', reason, why: 'mail' });

const one = (...lines: EnrolmentLine[]) => enrolmentsOf(lines, (ref) => ref.slice(-10))[0];

describe('an enrolment', () => {
  it('that two clones made is one, since the first', () => {
    expect(one(enrolled(12, 'bert'), enrolled(10))).toMatchObject({
      since: Date.parse(hour(10)),
      by: 'anna',
    });
  });

  it('that was stopped stays so, whoever enrolled him later without knowing it', () => {
    expect(one(enrolled(10), stopped(11), enrolled(12))?.stopped).toMatchObject({ reason: 'reply' });
    expect(one(enrolled(10), stopped(11, 'case'), stopped(12))?.stopped).toMatchObject({ reason: 'case' });
  });

  it('goes on where somebody who knew took it up again', () => {
    expect(one(enrolled(10), stopped(11), again(12))).toMatchObject({ since: Date.parse(hour(12)) });
    expect(one(enrolled(10), stopped(11), again(12))?.stopped).toBeUndefined();
    expect(one(enrolled(10), stopped(11), again(11))?.stopped).toBeUndefined();
    expect(one(enrolled(10), stopped(11), again(12), stopped(13))?.stopped).toBeDefined();
  });

  it('is none of somebody who was only stopped', () => {
    expect(one(stopped(11))).toBeUndefined();
  });

  it('is the same whatever the order of the lines, and however often one comes', () => {
    const lines = fc.array(
      fc
        .tuple(fc.constantFrom(enrolled, again, stopped), fc.integer({ min: 0, max: 9 }))
        .map(([make, at]) => make(at)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(lines, fc.array(fc.nat(), { minLength: 16, maxLength: 16 }), (all, order) => {
        const shuffled = [...all, ...all]
          .map((value, position) => ({ value, key: order[position % 16] as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(one(...shuffled)).toEqual(one(...all));
      }),
    );
  });
});
