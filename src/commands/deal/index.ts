import type { NounSpec, OptionSpec } from '../../cli/spec.js';

const why: OptionSpec = { flags: '--why <reason>', description: 'why; kept in the history' };
const which: [string, string] = ['<deal>', 'id, reference or title'];

const noun: NounSpec = {
  name: 'deal',
  summary: 'what may be sold: stages, value, won and lost',
  verbs: [
    {
      name: 'open',
      summary: 'put a deal on file',
      description:
        'It begins in the first stage of deals.stages in itaca.yaml (itaca help settings), and belongs to whoever opens ' +
        'it. Open cases of the customer are told: a complaint is solved before anything is sold.',
      args: [['<title>', 'what may be sold, in a line']],
      options: [
        { flags: '--contact <who>', description: 'the customer' },
        { flags: '--company <which>', description: 'the firm (default: that of the contact)' },
        { flags: '--value <money>', description: 'what it is worth: "18400 EUR"' },
        { flags: '--stage <stage>', description: 'where it stands (default: the first stage)' },
        { flags: '--expected-close <day>', description: 'when it should be won or lost: 2026-12-15, 3w' },
        { flags: '--owner <member>', description: 'whose it is' },
        { flags: '--office <office>', description: 'which office owns it' },
        { flags: '--source <name>', description: 'what it came from' },
        { flags: '--note <text>', description: 'free note' },
      ],
      examples: [
        'deal open "Lamps for forty rooms" --contact mario@example.it --value "18400 EUR" --expected-close 2026-12-15',
        'deal open "Library" --company "ACME srl" --stage proposal --source fiera-2026 --json',
      ],
      load: () => import('./open.js'),
    },
    {
      name: 'list',
      summary: 'list deals under way: all, or those that a query selects',
      args: [['[query...]', 'such as owner:me stage:proposal expected_close.before:2027-01-01']],
      options: [{ flags: '--all', description: 'the won and lost ones too' }],
      examples: [
        'deal list',
        'deal list owner:me stage:proposal,negotiation value.above:10000',
        'deal list --all stage:lost --csv',
      ],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'a deal, its way, open cases of the customer, and all that was said',
      args: [which],
      examples: ['deal show "Lamps for forty rooms"', 'deal show k3f9w2q8ab --json'],
      load: () => import('./show.js'),
    },
    {
      name: 'move',
      summary: 'move a deal to another stage, or take up again one that ended',
      args: [which, ['<stage>', 'where it stands from now on']],
      options: [why],
      examples: [
        'deal move k3f9w2q8ab proposal --why "quotation 2026-188"',
        'deal move k3f9w2q8ab negotiation --why "the winner went out of business"',
      ],
      load: () => import('./move.js'),
    },
    {
      name: 'set',
      summary: 'change what is on file about a deal, such as when it should close',
      description: 'key=value sets a key, key= empties it. Where it stands is changed by move, win and lose.',
      args: [which, ['<key=value...>', 'what to set']],
      examples: [
        'deal set k3f9w2q8ab expected_close=2027-01-15 value="17900 EUR"',
        'deal set k3f9w2q8ab owner=anna',
      ],
      load: () => import('./set.js'),
    },
    {
      name: 'win',
      summary: 'a deal is won; its contact becomes a customer',
      description:
        'A contact who is a lead, a prospect or a former customer becomes a customer; what he was stands in the history of the deal.',
      args: [which],
      options: [
        { flags: '--value <money>', description: 'what it came to, where that is something else' },
        why,
      ],
      examples: [
        'deal win k3f9w2q8ab',
        'deal win k3f9w2q8ab --value "17900 EUR" --why "signed on 3 December"',
      ],
      load: () => import('./win.js'),
    },
    {
      name: 'lose',
      summary: 'a deal is lost, and why',
      description:
        'What stands before a colon is the reason that report pipeline counts; what follows says more.',
      args: [which],
      options: [
        { flags: '--reason <reason>', description: 'such as "price: 12 per cent above the winner"' },
        why,
      ],
      examples: ['deal lose k3f9w2q8ab --reason "price: 12 per cent above the winner"'],
      load: () => import('./lose.js'),
    },
  ],
};

export default noun;
