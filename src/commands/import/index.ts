import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'import',
  summary: 'bring contacts in from a file',
  verbs: [
    {
      name: 'csv',
      summary: 'bring in a list of people',
      description:
        'The header is recognised in English, Italian and German. A person on file is updated, never doubled: what is\n' +
        'empty is filled, what differs is listed and left. A second import of the same file changes nothing.',
      args: [['<list.csv>', 'the list; - reads standard input']],
      options: [
        { flags: '--source <name>', description: 'where these people were met (default: the file’s name)' },
        {
          flags: '--tag <tag>',
          description: 'given to everybody in the list; may be repeated',
          repeatable: true,
        },
        { flags: '--office <office>', description: 'which office owns the new contacts' },
        { flags: '--owner <member>', description: 'who looks after the new contacts' },
      ],
      examples: [
        'import csv fair.csv --dry-run',
        'import csv fair.csv --tag fiera-2026 --source "Fiera della Luce" --yes',
      ],
      load: () => import('./csv.js'),
    },
  ],
};

export default noun;
