import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSignedLink, signedLink } from './tracking.js';

const url = 'https://go.example.org/r';
const token = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
const target = fc.webUrl({ withQueryParameters: true, withFragments: true });
const parts = fc.record(
  { token, target: fc.oneof(target, fc.string({ unit: 'grapheme' })) },
  { requiredKeys: ['token'] },
);

describe('a signed link', () => {
  it('says what was signed', () => {
    fc.assert(
      fc.property(parts, fc.string(), (said, key) => {
        const link = new URL(signedLink({ url, key }, said as never));
        expect(readSignedLink(link.searchParams, key)).toEqual(said);
      }),
    );
  });

  it('says nothing once anything of it is changed', () => {
    fc.assert(
      fc.property(parts, parts, fc.string(), fc.string(), (said, other, key, otherKey) => {
        const query = new URL(signedLink({ url, key }, said as never)).searchParams;
        const theirs = new URL(signedLink({ url, key }, other as never)).searchParams;
        for (const name of ['u', 'm', 's']) {
          const changed = new URLSearchParams(query);
          const value = theirs.get(name);
          if (value === null) changed.delete(name);
          else changed.set(name, value);
          if (changed.toString() !== query.toString()) expect(readSignedLink(changed, key)).toBeUndefined();
        }
        if (otherKey !== key) expect(readSignedLink(query, otherKey)).toBeUndefined();
      }),
    );
  });

  it('is refused in every other spelling, without a part, and with one twice', () => {
    const key = 'k';
    const link = signedLink({ url, key }, { token: 'tok', target: 'https://x.org/' });
    const query = (text: string) => readSignedLink(new URL(text).searchParams, key);
    expect(query(link)).toBeDefined();
    for (const [from, to] of [
      ['&s=', '&s=A'],
      ['&s=', '&x='],
      ['&m=tok', ''],
      ['u=', 'U='],
      ['x.org', 'y.org'],
    ] as const)
      expect(query(link.replace(from, to))).toBeUndefined();
    for (const more of ['&u=https://y.org', '&m=tok', '&s=x', '=', 'A'])
      expect(query(link + more)).toBeUndefined();
    const last = link.at(-1) as string;
    for (const one of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (one !== last) expect(query(link.slice(0, -1) + one)).toBeUndefined();
    // What is signed for a picture leads nowhere, and a link is no picture.
    const picture = signedLink({ url, key }, { token: 'tok' });
    expect(query(`${picture}&u=https://x.org/`)).toBeUndefined();
    expect(query(link.replace(/u=[^&]*&/, ''))).toBeUndefined();
  });

  it('keeps what the address of the redirector says itself', () => {
    const link = new URL(signedLink({ url: `${url}?site=a`, key: 'k' }, { token: 'tok' }));
    expect(link.searchParams.get('site')).toBe('a');
  });
});
