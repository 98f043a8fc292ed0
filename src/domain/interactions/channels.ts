/** The ways in which something passes between the firm and somebody. */
export const channels = [
  'phone',
  'email',
  'meeting',
  'visit',
  'letter',
  'fax',
  'chat',
  'social',
  'web',
  'shop',
  'event',
  'survey',
  'note',
] as const;

export type Channel = (typeof channels)[number];
