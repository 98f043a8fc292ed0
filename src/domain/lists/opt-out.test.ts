import { describe, expect, it } from 'vitest';
import { contactFromRow, type RowContact } from './contact-from-row.js';
import { listDates } from './list-date.js';
import { layoutOf } from './list-layout.js';
import { Row } from './row.js';

function read(row: Record<string, string>) {
  const header = ['Email', ...Object.keys(row)];
  const cells = ['a@example.it', ...Object.values(row)];
  const { slots } = layoutOf(header, [cells], {});
  return contactFromRow(new Row(cells, slots), { header, dates: listDates(undefined, 'Europe/Rome') });
}

describe('what a row says of writing to the person', () => {
  it.each<[string, string, object]>([
    ['Do Not Contact', 'yes', { reason: 'unsubscribed' }],
    ['Do not allow Bulk Emails', 'Do Not Allow', { reason: 'unsubscribed' }],
    ['Do not allow Emails', 'Do Not Allow', { reason: 'unsubscribed' }],
    ['Person - Marketing status', 'Unsubscribed', { reason: 'unsubscribed' }],
    ['Person - Marketing status', 'Bounced', { reason: 'hard_bounce' }],
    ['Data disiscrizione', '2026-03-01', { reason: 'unsubscribed', at: '2026-03-01' }],
    ['Status', 'spam complaint', { reason: 'spam_complaint' }],
    ['Status', 'non-subscribed', { reason: 'unsubscribed' }],
    ['State', 'cancelled', { reason: 'unsubscribed' }],
    ['State', 'bounced', { reason: 'hard_bounce' }],
    ['State', 'complained', { reason: 'spam_complaint' }],
    ['hs_email_hard_bounce_reason', 'UNKNOWN_USER', { reason: 'hard_bounce' }],
    ['EmailBouncedReason', '550 5.1.1', { reason: 'hard_bounce' }],
    ['EmailBouncedDate', '2026-03-01', { reason: 'hard_bounce', at: '2026-03-01' }],
  ])('%s: %s', (name, cell, optOut) => expect((read({ [name]: cell }) as RowContact).optOut).toEqual(optOut));

  it.each([
    ['Do not allow Bulk Emails', 'Allow'],
    ['Data disiscrizione', '0000-00-00 00:00:00'],
    ['Unsubscribed', 'never'],
    ['Bounced', 'false'],
    ['State', 'Texas'],
    ['State', 'active'],
    ['Stato', 'Italia'],
  ])('%s: %s is none', (name, cell) => expect(read({ [name]: cell })).not.toHaveProperty('optOut'));

  it('is no region of an address', () => {
    expect((read({ State: 'bounced', City: 'Rome' }) as RowContact).contact).toMatchObject({
      addresses: [{ locality: 'Rome' }],
      custom: { State: 'bounced' },
    });
  });

  it('and a row that was deleted where it comes from is refused', () => {
    expect(read({ IsDeleted: 'true' })).toEqual({ refused: 'the row is marked as deleted' });
    expect(read({ IsDeleted: 'false' })).not.toHaveProperty('refused');
  });
});
