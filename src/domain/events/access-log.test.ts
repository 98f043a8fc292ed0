import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedLink } from '../campaigns/tracking.js';
import { parseRequest } from './access-log.js';
import { readRequest } from './redirector.js';

describe('a line of an access log', () => {
  it('is a request', () => {
    const line =
      '2001:db8::1 - anna [21/Nov/2026:12:00:00 +0130] "GET /r?u=a HTTP/2.0" 302 0 "https://x.org/\\"" "A \\"quoted\\" \\x22agent\\x22"';
    expect(parseRequest(line)).toEqual({
      at: Date.parse('2026-11-21T10:30:00Z'),
      method: 'GET',
      target: '/r?u=a',
      status: 302,
      agent: 'A "quoted" "agent"',
    });
    expect(parseRequest('1.1.1.1 - - [21/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 5')).toMatchObject({
      agent: undefined,
    });
  });

  it('may be anything, and is read without an accident', () => {
    const key = { url: 'https://go.example.org/r', key: 'k' };
    const pieces = fc.constantFrom(
      '[21/Nov/2026:12:00:00 +0000]',
      '"GET /r?u=%zz&m=%E0 HTTP/1.1"',
      '200',
      '-',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        const reading = readRequest(parts.join(' '), key);
        expect(reading === undefined || 'fault' in reading).toBe(true);
      }),
    );
  });

  it('does not take long to be none', () => {
    const started = performance.now();
    for (const line of [
      `a b ${'x'.repeat(16_000)}`,
      `a b [${'"\\'.repeat(8_000)}`,
      `a b ${'[ '.repeat(8_000)}`,
    ])
      expect(parseRequest(line)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('counts where its link is signed', () => {
    const link = { url: 'https://go.example.org/r?x=1', key: 'k' };
    const line = (target: string) =>
      `1.1.1.1 - - [21/Nov/2026:12:00:00 +0000] "GET ${target} HTTP/1.1" 302 0`;
    const path = (url: string) => url.slice('https://go.example.org'.length);
    const click = signedLink(link, { token: 'tok', target: 'https://x.org/?a=1&b=ü' });
    expect(readRequest(line(path(click)), link)).toMatchObject({
      event: { event: 'clicked', tokens: ['tok'], url: 'https://x.org/?a=1&b=ü' },
    });
    expect(readRequest(line(path(signedLink(link, { token: 'tok' }))), link)).toMatchObject({
      event: { event: 'opened' },
    });
    expect(readRequest(line(path(click)), { ...link, key: 'other' })).toHaveProperty('fault');
    expect(readRequest(line('/elsewhere'), link)).toBeUndefined();
  });
});
