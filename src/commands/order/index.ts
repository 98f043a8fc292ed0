import type { NounSpec, OptionSpec } from '../../cli/spec.js';

const which: [string, string] = ['<order>', 'number, id or reference'];
const at: OptionSpec = { flags: '--at <when>', description: 'when it was (default: now)' };

const noun: NounSpec = {
  name: 'order',
  summary: 'what was ordered, shipped, delivered, or is late',
  verbs: [
    {
      name: 'add',
      summary: 'put an order on file',
      description:
        'It counts for the commitment of the agreement that is named, else of the only one that its person has. The shop ' +
        'has the orders themselves: itaca import orders brings them in.',
      args: [
        ['<number>', 'as the shop calls it'],
        ['<who>', 'the person'],
      ],
      options: [
        {
          flags: '--line <line>',
          description: 'what was ordered: "2 x Danubio minore @ 16.50 EUR"; may be repeated',
          repeatable: true,
        },
        { flags: '--promised <when>', description: 'the day by which it was promised' },
        { flags: '--agreement <agreement>', description: 'the agreement for which it counts' },
        { flags: '--channel <channel>', description: 'how it came: phone, letter, web …' },
        { flags: '--at <when>', description: 'when it was placed (default: now)' },
      ],
      examples: [
        'order add 26-1042 mario@example.it --line "2 x Danubio minore @ 16.50 EUR" --promised 2w --channel phone',
      ],
      load: () => import('./add.js'),
    },
    {
      name: 'ship',
      summary: 'an order has left',
      args: [which],
      options: [at, { flags: '--tracking <number>', description: 'the number of the parcel' }],
      examples: ['order ship 26-1042 --tracking 1Z999AA10123456784'],
      load: () => import('./ship.js'),
    },
    {
      name: 'deliver',
      summary: 'an order has arrived',
      args: [which],
      options: [at],
      examples: ['order deliver 26-1042 --at yesterday'],
      load: () => import('./deliver.js'),
    },
    {
      name: 'cancel',
      summary: 'an order was called off',
      args: [which],
      options: [at, { flags: '--why <reason>', description: 'why' }],
      examples: ['order cancel 26-1042 --why "out of print"'],
      load: () => import('./cancel.js'),
    },
    {
      name: 'list',
      summary: 'list orders that are under way',
      description: 'Late is what was promised for a day that is over and has not arrived, shipped or not.',
      args: [['[query...]', 'such as placed.after:2026-10-01']],
      options: [
        { flags: '--late', description: 'only those that are late, the latest first' },
        { flags: '--all', description: 'the delivered and the cancelled ones too' },
      ],
      examples: ['order list', 'order list --late --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'show an order and its timeline',
      args: [which],
      examples: ['order show 26-0834'],
      load: () => import('./show.js'),
    },
  ],
};

export default noun;
