import type { Mailbox } from '../../mail/compose-mail.js';

/** `Officina Lume <news@example.it>` or a bare address, as its two parts. */
export function parseMailbox(text: string): Mailbox {
  const match = /^\s*"?([^"<]*?)"?\s*<\s*([^<>]+?)\s*>\s*$/.exec(text);
  return match ? { name: match[1] ?? '', address: match[2] ?? '' } : { name: '', address: text.trim() };
}
