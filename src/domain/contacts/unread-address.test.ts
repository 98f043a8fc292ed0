import { expect, it } from 'vitest';
import { isUnread } from './unread-address.js';

it.each([
  'noreply@example.org',
  'No-Reply@example.org',
  'no_reply+x@example.org',
  'orders-noreply@example.org',
  'do-not-reply@example.org',
  'donotreply.shop@example.org',
  'MAILER-DAEMON@example.org',
  'postmaster@example.org',
  'bounces+token@example.org',
  'owner-list@example.org',
  'list-request@example.org',
])('nobody reads %s', (address) => expect(isUnread(address)).toBe(true));

it.each(['mario@example.org', 'noreplyman@example.org', 'nora.reply@example.org', 'request@example.org'])(
  'somebody reads %s',
  (address) => expect(isUnread(address)).toBe(false),
);
