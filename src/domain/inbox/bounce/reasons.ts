/** Why a message did not arrive. */
export type Reason =
  | 'user_unknown'
  | 'host_unknown'
  | 'moved'
  | 'not_accepting'
  | 'mailbox_full'
  | 'too_big'
  | 'suspended'
  | 'filtered'
  | 'blocked'
  | 'policy'
  | 'authentication'
  | 'spam'
  | 'virus'
  | 'content'
  | 'rate'
  | 'rejected'
  | 'not_permitted'
  | 'expired'
  | 'network'
  | 'system'
  | 'protocol'
  | 'other';

/** The reasons for which another try is of no use: nobody is there. All else may pass. */
export const hardReasons: ReadonlySet<Reason> = new Set<Reason>([
  'user_unknown',
  'host_unknown',
  'moved',
  'not_accepting',
]);
