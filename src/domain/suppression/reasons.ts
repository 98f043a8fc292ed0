/** Why an address is suppressed. */
export const suppressionReasons = [
  'unsubscribed',
  'hard_bounce',
  'spam_complaint',
  'cancelled',
  'erased',
  'manual',
] as const;
