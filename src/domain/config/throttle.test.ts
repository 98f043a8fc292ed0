import { describe, expect, it } from 'vitest';
import { throttle } from './throttle.js';

const faults = (value: unknown) =>
  (throttle.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('/')}: ${message}`);

describe('mail.throttle', () => {
  it('is a number of messages a minute, or limits over all, to each domain and to some', () => {
    expect(faults('600')).toEqual([]);
    const domains = { 'gmail.com': { per_minute: '120' }, localhost: { connections: '1' } };
    expect(
      faults({ per_minute: '0.5', connections: '4', per_domain: { connections: '2' }, domains }),
    ).toEqual([]);
  });

  it.each([
    ['fast', ': expected messages a minute: a number, or per_minute, connections, per_domain and domains'],
    ['-1', ': expected a number above 0'],
    [
      { conections: '2' },
      ': no key "conections" is known here: expected per_minute, connections, per_domain',
    ],
    [{ per_domain: { minute: '2' } }, 'per_domain: no key "minute" is known here: expected per_minute or'],
    [{ connections: '0.5' }, 'connections: expected a whole number of connections, 1 or more'],
    [{ per_domain: { connections: '0' } }, 'per_domain/connections: expected a whole number'],
    [{ domains: { '*.example': { per_minute: '1' } } }, 'domains/*.example: "*.example" is no domain'],
    [{ domains: { '@x.example': { per_minute: '1' } } }, 'domains/@x.example: "@x.example" is no domain'],
  ])('%j is refused', (value, message) => {
    const found = faults(value);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
