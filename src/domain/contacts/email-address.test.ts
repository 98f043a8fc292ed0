import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail, parseEmail, splitEmails } from './email-address.js';
import { isRoleLocalPart } from './role-addresses.js';

describe('an e-mail address', () => {
  it.each([
    ['Mario.Rossi@Example.IT', 'mario.rossi@example.it'],
    ['  mailto:mario@example.it ', 'mario@example.it'],
    ['Mario Rossi <mario@example.it>', 'mario@example.it'],
    ['"Rossi, Mario" <mario@example.it>;', 'mario@example.it'],
    ['<mario@example.it>', 'mario@example.it'],
    ["'mario@example.it'", 'mario@example.it'],
    ['mario@example.it.', 'mario@example.it'],
    ['ma.rio+fiera@gmail.com', 'mario@gmail.com'],
    ['M.A.Rio@GoogleMail.com', 'mario@gmail.com'],
    ['mario+news@firma.example', 'mario@firma.example'],
    ['+mario@firma.example', '+mario@firma.example'],
    ['"mario"@example.it', 'mario@example.it'],
    ['"mario rossi"@example.it', '"mario rossi"@example.it'],
    ["d'angelo@x.example", "d'angelo@x.example"],
    ['info@münchen.example', 'info@xn--mnchen-3ya.example'],
    ['info@xn--mnchen-3ya.example', 'info@xn--mnchen-3ya.example'],
    ['用户@例え.jp', '用户@xn--r8jz45g.jp'],
    ['\u200bmario@example.com', 'mario@example.com'],
  ])('%s is %s', (written, canonical) => {
    expect(canonicalEmail(written)).toBe(canonical);
    expect(parseEmail(written)).toMatchObject({ ok: true, email: { canonical } });
  });

  it.each([
    ['', 'there is no address'],
    ['mario', 'there is no @'],
    ['@example.it', 'nothing stands before the @'],
    ['mario@', 'nothing stands after the @'],
    ['mario@@example.it', 'there is more than one @'],
    ['mario rossi@example.it', 'there is a space in it'],
    ['mario@example', 'the domain has no dot'],
    ['mario..rossi@example.it', 'a dot stands where none may'],
    ['mario@-x.it', 'the domain is not one'],
    ['mario@1.2.3.4', 'the domain is not one'],
    ['ma(rio@example.it', 'the part before the @ is not allowed'],
    [`${'m'.repeat(65)}@example.it`, 'the part before the @ is longer than 64 characters'],
  ])('%j is none: %s', (written, reason) => {
    expect(parseEmail(written)).toEqual({ ok: false, reason });
    expect(canonicalEmail(written)).toBeUndefined();
  });

  it('does not search a long text', () => {
    expect(splitEmails('a@'.repeat(50_000))).toHaveLength(1);
    expect(canonicalEmail('a@'.repeat(50_000))).toBeUndefined();
  });

  it('keeps the name beside it', () => {
    expect(parseEmail('"Mario R." <Mario@x.example>')).toMatchObject({
      email: { name: 'Mario R.', address: 'Mario@x.example' },
    });
  });

  it.each([
    'info',
    'sales',
    'vendite',
    'ordini',
    'noreply',
    'no-reply',
    'kontakt',
    'servizio.clienti',
    'info2',
  ])('%s@ is a role', (local) => expect(isRoleLocalPart(local)).toBe(true));

  it('splits cells that hold several', () => {
    expect(splitEmails('a@x.it; b@x.it')).toEqual(['a@x.it', 'b@x.it']);
    expect(splitEmails('a@x.it ::: b@x.it')).toEqual(['a@x.it', 'b@x.it']);
    expect(splitEmails('a@x.it, b@x.it c@x.it')).toEqual(['a@x.it', 'b@x.it', 'c@x.it']);
    expect(splitEmails('"Rossi, M" <a@x.it>, b@x.it')).toEqual(['"Rossi, M" <a@x.it>', 'b@x.it']);
  });

  it('never throws, and its canonical form is its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const canonical = canonicalEmail(text);
        if (canonical !== undefined) expect(canonicalEmail(canonical)).toBe(canonical);
        splitEmails(text);
      }),
    );
  });
});
