import { describe, expect, it } from 'vitest';
import { rhythmOf } from './rhythm.js';

const day = (text: string) => Date.parse(`${text}T09:00:00Z`);
const now = day('2026-11-20');
const of = (inbound: string | null, outbound: string | null, since: string | null = '2026-01-01') =>
  rhythmOf(
    'P1M',
    { inbound: inbound === null ? null : day(inbound), outbound: outbound === null ? null : day(outbound) },
    { since: since === null ? null : day(since), now, timeZone: 'UTC' },
  );

describe('the rhythm of a person', () => {
  it('is due after the last contact, whoever began it', () => {
    expect(of('2026-10-31', '2026-10-01').due).toBe(day('2026-11-30'));
    expect(of('2026-10-01', '2026-11-01').due).toBe(day('2026-12-01'));
  });

  it('is due after the person came on file where there was no contact, at once where nobody knows', () => {
    expect(of(null, null).due).toBe(day('2026-02-01'));
    expect(of(null, null, null).due).toBe(now);
  });

  it('has him silent after twice the rhythm, if we were in touch since', () => {
    expect(of('2026-08-10', '2026-09-01').silentSince).toBe(day('2026-10-10'));
    expect(of('2026-08-10', '2026-08-01').silentSince).toBeNull();
    expect(of('2026-08-10', null).silentSince).toBeNull();
    expect(of(null, '2026-02-01').silentSince).toBe(day('2026-03-01'));
    expect(of(null, '2026-02-01', null).silentSince).toBeNull();
  });
});
