import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'company',
  summary: 'firms',
  verbs: [
    {
      name: 'add',
      summary: 'put a firm on file',
      options: [
        { flags: '--name <name>', description: 'name' },
        { flags: '--vat <number>', description: 'VAT number' },
        { flags: '--domain <domain>', description: 'web domain; may be repeated', repeatable: true },
        { flags: '--phone <number>', description: 'may be repeated', repeatable: true },
        { flags: '--tag <tag>', description: 'may be repeated', repeatable: true },
        { flags: '--owner <member>', description: 'who looks after it' },
        { flags: '--office <office>', description: 'which office owns it' },
        { flags: '--note <text>', description: 'free note' },
      ],
      examples: ['company add --name "ACME srl" --domain acme.example --vat IT00000000000'],
      load: () => import('./add.js'),
    },
    {
      name: 'list',
      summary: 'list firms, all or those that a query selects',
      args: [['[query...]', 'such as office:sales']],
      examples: ['company list', 'company list office:sales --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'a firm, those above and below it, its people, and everything on file about it',
      args: [['<which>', 'id, VAT number, domain, identifier or name']],
      examples: [
        'company show "ACME srl"',
        'company show acme.example',
        'company show "IT 00000000000" --json',
      ],
      load: () => import('./show.js'),
    },
    {
      name: 'set',
      summary: 'change what is on file about a firm',
      description:
        'key=value sets a key, key= empties it, tags+=vip adds to a list, tags-=vip takes away. parent= names the firm ' +
        'that it belongs to. Lists and maps are written as YAML writes them in one line.',
      args: [
        ['<which>', 'id, VAT number, domain, identifier or name'],
        ['<key=value...>', 'what to set'],
      ],
      examples: [
        'company set acme.example vat=IT00000000000 parent="ACME Holding"',
        'company set "ACME srl" domains+=acme.it',
        'company set acme.example "addresses=[{street: Via Roma 1, locality: Bari, country: IT}]"',
      ],
      load: () => import('./set.js'),
    },
    {
      name: 'merge',
      summary: 'make two records of one firm one',
      description:
        'The first stays and takes what it lacks; its own values win, lists are joined, notes are both kept. The other ' +
        'stays as it is and leads to the first from everywhere. Of two words about one consent the stricter holds.',
      args: [
        ['<survivor>', 'id, identifier or name'],
        ['<other>', 'likewise'],
      ],
      options: [
        {
          flags: '--take <key=other>',
          description: 'of this key prefer the value of the other; may be repeated',
          repeatable: true,
        },
      ],
      examples: ['company merge "ACME srl" "ACME spa" --take vat=other'],
      load: () => import('./merge.js'),
    },
    {
      name: 'unmerge',
      summary: 'take a merge back',
      description:
        'Both records are as they were. What came to the survivor since stays with it, and is listed; what names the ' +
        'merged record goes with that.',
      args: [['<merged>', 'the record that was merged, best by its id']],
      examples: ['company unmerge 2s8hbhmhza --dry-run'],
      load: () => import('./unmerge.js'),
    },
  ],
};

export default noun;
