import type { NounSpec } from '../../cli/spec.js';
import { suppressionReasons } from '../../domain/suppression/reasons.js';

const what: [string, string] = ['<address>', 'an e-mail address, or a whole domain'];
const scope = { flags: '--scope <purpose>', description: 'only messages of this purpose', default: 'all' };

const noun: NounSpec = {
  name: 'suppress',
  summary: 'who must not be written to',
  verbs: [
    {
      name: 'add',
      summary: 'never write to an address again',
      args: [what],
      options: [
        { flags: '--reason <reason>', description: 'why', choices: suppressionReasons, default: 'manual' },
        scope,
        { flags: '--source <text>', description: 'where this comes from: a letter, a call' },
      ],
      examples: [
        'suppress add mario@example.it --reason unsubscribed',
        'suppress add example.org --scope newsletter',
      ],
      load: () => import('./add.js'),
    },
    {
      name: 'rm',
      summary: 'take an address off the list',
      args: [what],
      options: [{ flags: '--scope <purpose>', description: 'only where it was suppressed for this purpose' }],
      examples: ['suppress rm mario@example.it'],
      load: () => import('./rm.js'),
    },
    {
      name: 'list',
      summary: 'list what is suppressed',
      args: [['[query...]', 'such as reason:hard_bounce']],
      examples: ['suppress list', 'suppress list reason:unsubscribed --csv'],
      load: () => import('./list.js'),
    },
    {
      name: 'check',
      summary: 'tell whether an address may be written to',
      description: 'Exits 0 where nothing forbids it, 6 where something does.',
      args: [what],
      options: [{ flags: '--scope <purpose>', description: 'for messages of this purpose' }],
      examples: ['suppress check mario@example.it'],
      load: () => import('./check.js'),
    },
  ],
};

export default noun;
