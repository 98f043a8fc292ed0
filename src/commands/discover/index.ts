import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'discover',
  summary: 'what the records know and nobody saw',
  verbs: [
    {
      name: 'links',
      summary: 'people and firms that belong together and that nobody linked',
      description:
        'mail_domain: somebody without a firm, whose mail goes to one. phone, address: shared by people and firms of ' +
        'several houses, or of none. domain, vat: shared by firms. moved: one person on file at two firms, or one whose ' +
        'mail goes to another firm. two_firms: one whose mail goes to his own and to another. Firms that belong to one ' +
        'another are one house. Each comes with what speaks for it and the command that links them; nothing is changed. ' +
        'Two that were decided to be different (dedupe decide) are passed over, and so are providers such as Gmail.',
      options: [
        {
          flags: '--kind <kind>',
          description: 'only these',
          choices: ['mail_domain', 'phone', 'address', 'domain', 'vat', 'moved', 'two_firms'],
        },
      ],
      examples: ['discover links', 'discover links --kind moved', 'discover links --json'],
      load: () => import('./links.js'),
    },
  ],
};

export default noun;
