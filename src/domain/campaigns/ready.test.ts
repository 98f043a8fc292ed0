import { describe, expect, it } from 'vitest';
import type { Config } from '../config/config.js';
import type { Campaign } from './campaign.js';
import { readyFaults } from './ready.js';

const campaign = {
  title: 'News',
  purpose: 'newsletter',
  audience: 'kind:contact',
  state: 'draft',
} as Campaign;
const mail = {
  from: 'Firm <news@example.it>',
  postal_address: 'Via Roma 1',
  complaint_address: 'complaints@example.it',
  unsubscribe: { mailto: 'out@example.it' },
};

function faults(change: Partial<NonNullable<Config['mail']>>, own: Partial<Campaign> = {}, bodies = 1) {
  const members = { anna: { emails: ['Anna@example.it'] } };
  const offices = { sales: { email: 'sales@example.it' } };
  const config = { version: 1, id: 'x', members, offices, mail: { ...mail, ...change } } as Config;
  return readyFaults({ ...campaign, ...own }, config, bodies).map(
    ({ severity, at, message }) => `${severity} ${at.join('.')}: ${message}`,
  );
}

describe('a campaign', () => {
  it('may go', () => {
    expect(faults({})).toEqual([]);
    const noServer = { from: undefined, unsubscribe: undefined };
    expect(faults(noServer, { channel: 'letter' })).toEqual([]);
    const nothing = { ...noServer, complaint_address: undefined, postal_address: undefined };
    expect(faults(nothing, { channel: 'phone' })).toEqual([]);
    expect(faults(nothing, { channel: 'letter' })).toContain(
      'error mail.unsubscribe: the letter does not say where one gets no more of them',
    );
    expect(faults({}, { from: 'Anna <anna@example.it>' })).toEqual([]);
    expect(faults({}, { from: 'sales@example.it' })).toEqual([]);
    expect(faults({ unsubscribe: { url: 'https://example.it/out' } })).toEqual([]);
  });

  it.each([
    [{}, { state: 'cancelled' }, 1, 'error state: this campaign was cancelled'],
    [{}, { channel: 'letter' }, 0, 'error title: the campaign has no body'],
    [{}, { channel: 'phone', attachments: ['a.pdf'] }, 1, 'warning attachments: a phone campaign carries'],
    [{ complaint_address: undefined }, { channel: 'letter' }, 1, 'warning mail.complaint_address: '],
    [{ postal_address: undefined }, { channel: 'letter' }, 1, 'warning mail.postal_address: '],
    [{}, {}, 0, 'error title: the campaign has no body'],
    [{}, { from: 'Eve <eve@evil.example>' }, 1, 'warning from: eve@evil.example is no address of the house'],
    [{}, { from: 'nobody' }, 1, 'error from: "nobody" is not an e-mail address'],
    [{}, { reply_to: 'nobody' }, 1, 'error reply_to: "nobody" is not an e-mail address'],
    [{ from: 'a@localhost' }, {}, 1, 'warning mail.from: nobody elsewhere can write to a@localhost'],
    [
      { from: 'a@example.it\nBcc: b@example.it' },
      {},
      1,
      'error mail.from: "a@example.it\\nBcc: b@example.it" is not',
    ],
    [{ from: undefined }, {}, 1, 'error title: the campaign names no sender'],
    [
      { postal_address: undefined },
      {},
      1,
      'warning mail.postal_address: itaca.yaml has no mail.postal_address',
    ],
    [
      { postal_address: '', transport: 'smtp' },
      {},
      1,
      'error mail.postal_address: no message to many leaves',
    ],
    [{ complaint_address: undefined }, {}, 1, 'warning mail.complaint_address: itaca.yaml has no'],
    [{ complaint_address: 'x' }, {}, 1, 'error mail.complaint_address: "x" is not an e-mail address'],
    [{ unsubscribe: undefined }, {}, 1, 'error mail.unsubscribe: the message has no way out'],
    [{ unsubscribe: { mailto: 'x' } }, {}, 1, 'error mail.unsubscribe.mailto: the way out: "x" is not'],
    [
      { unsubscribe: { url: 'http://a.example' } },
      {},
      1,
      'error mail.unsubscribe.url: the way out "http://a.example"',
    ],
    [{ unsubscribe: { url: 'https://' } }, {}, 1, 'error mail.unsubscribe.url: the way out "https://"'],
  ])('with %j and %j may not, or is told of it', (settings, own, bodies, fault) => {
    const found = faults(settings as object, own as object, bodies);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fault);
  });
});
