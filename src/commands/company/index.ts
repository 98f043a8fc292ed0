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
      summary: 'a firm and everything on file about it',
      args: [['<which>', 'id, identifier or name']],
      examples: ['company show "ACME srl"'],
      load: () => import('./show.js'),
    },
  ],
};

export default noun;
