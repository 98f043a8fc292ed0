import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'outbox',
  summary: 'messages that wait to be sent on',
  verbs: [
    {
      name: 'list',
      summary: 'list what waits, the longest first',
      description:
        'waiting: the next flush sends it; deferred: refused for now, the next flush tries again; rejected: refused for\n' +
        'good; unknown: may or may not have left, and is never sent again by itself; left: no flush sends it, see why.',
      examples: ['outbox list', 'outbox list --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'flush',
      summary: 'send on by mail.smtp what waits, each message once',
      description:
        'Suppressions, consents, cancelled agreements, open complaints and late orders are read again as each message\n' +
        'leaves; who must not be written to any more is left out, and his message stays. A test of a campaign stays,\n' +
        'too, and so does what no journal of this workspace knows. What left goes to outbox/cur. Exits 7 where\n' +
        'something did not leave that should have.',
      options: [
        { flags: '--take-over', description: 'take the right to send from a clone that is gone for good' },
        { flags: '--offline', description: 'send although the team’s remote cannot be reached' },
      ],
      examples: ['outbox flush --dry-run', 'outbox flush --yes --json'],
      load: () => import('./flush.js'),
    },
    {
      name: 'resolve',
      summary: 'say what became of messages in doubt',
      description:
        'A message is in doubt where the flush was cut off, or the server fell silent, after it was handed over. What is\n' +
        'decided is written to the journal with who, when and why. Nothing is sent; the next flush tries what was not.',
      args: [['<message...>', 'address or Message-ID, as outbox list shows them']],
      options: [
        { flags: '--sent', description: 'they left' },
        { flags: '--not-sent', description: 'they did not leave' },
        { flags: '--why <reason>', description: 'what it was decided by' },
      ],
      examples: ['outbox resolve mario@example.it --sent --why "he answered it"'],
      load: () => import('./resolve.js'),
    },
  ],
};

export default noun;
