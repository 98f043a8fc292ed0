import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'contact',
  summary: 'people',
  verbs: [
    {
      name: 'add',
      summary: 'put a person on file',
      options: [
        { flags: '--name <name>', description: 'full name' },
        { flags: '--given-name <name>', description: 'given name' },
        { flags: '--family-name <name>', description: 'family name' },
        { flags: '--email <address>', description: 'e-mail address; may be repeated', repeatable: true },
        {
          flags: '--phone <number>',
          description: 'telephone number in any spelling; may be repeated',
          repeatable: true,
        },
        { flags: '--company <name>', description: 'the firm; put on file where it is new' },
        { flags: '--title <title>', description: 'what they are there' },
        { flags: '--language <code>', description: 'BCP 47, such as it or de-AT' },
        { flags: '--lifecycle <stage>', description: 'lead, prospect, customer, former, partner, supplier' },
        { flags: '--tag <tag>', description: 'may be repeated', repeatable: true },
        { flags: '--source <name>', description: 'where they were met' },
        { flags: '--owner <member>', description: 'who looks after them' },
        { flags: '--office <office>', description: 'which office owns the contact' },
        { flags: '--note <text>', description: 'free note' },
      ],
      examples: [
        'contact add --name "Mario Rossi" --email mario@example.it --company "ACME srl" --tag fiera-2026',
        'contact add --name "Anna Bauer" --phone "+49 30 23125 014" --language de --json',
      ],
      load: () => import('./add.js'),
    },
    {
      name: 'list',
      summary: 'list people, all or those that a query selects',
      args: [['[query...]', 'such as +fiera-2026 language:it no:email']],
      examples: [
        'contact list',
        'contact list +fiera-2026 no:email',
        'contact list company:acme-srl --csv --fields name,emails',
      ],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'a person and everything on file about them',
      args: [['<who>', 'id, e-mail address, phone number, identifier or name']],
      examples: ['contact show mario@example.it', 'contact show "02 5550 0123"'],
      load: () => import('./show.js'),
    },
    {
      name: 'set',
      summary: 'change what is on file about a person',
      description:
        'key=value sets a key, key= empties it, tags+=vip adds to a list, tags-=vip takes away. With company= somebody ' +
        'goes to another firm, put on file where it is new; the one he leaves stays in positions, with the day. ' +
        'Lists and maps are written as YAML writes them in one line.',
      args: [
        ['<who>', 'id, e-mail address, phone number, identifier or name'],
        ['<key=value...>', 'what to set'],
      ],
      examples: [
        'contact set mario@example.it title=Boss language=it',
        'contact set k3f9w2q8ab tags+=vip phones=',
        'contact set mario@example.it "addresses=[{street: Via Roma 1, locality: Roma, country: IT}]"',
      ],
      load: () => import('./set.js'),
    },
    {
      name: 'merge',
      summary: 'make two records of one person one',
      description:
        'The first stays and takes what it lacks; its own values win, lists are joined, notes are both kept. The other ' +
        'stays as it is and leads to the first from everywhere. Of two words about one consent the stricter holds.',
      args: [
        ['<survivor>', 'id, e-mail address, phone number, identifier or name'],
        ['<other>', 'likewise'],
      ],
      options: [
        {
          flags: '--take <key=other>',
          description: 'of this key prefer the value of the other; may be repeated',
          repeatable: true,
        },
      ],
      examples: [
        'contact merge mario@example.it m.rossi@example.it',
        'contact merge k3f9w2q8ab 2s8hbhmhza --take title=other --dry-run',
      ],
      load: () => import('./merge.js'),
    },
    {
      name: 'unmerge',
      summary: 'take a merge back',
      description:
        'Both records are as they were. What came to the survivor since stays with it, and is listed; what names the ' +
        'merged record goes with that.',
      args: [['<merged>', 'the record that was merged, best by its id']],
      examples: ['contact unmerge 2s8hbhmhza'],
      load: () => import('./unmerge.js'),
    },
    {
      name: 'export',
      summary: 'everything on file about a person, in one folder to hand over',
      description:
        'Pages to read, and the same as JSON: records, ledgers, messages as they came, attachments, with the hash of ' +
        'each file in manifest.json. Other people in it are called “another person”.',
      args: [['<who>', 'id, e-mail address, phone number, identifier or name']],
      options: [{ flags: '-o, --out <folder>', description: 'the folder to make; it must not be there' }],
      examples: ['contact export mario@example.it -o mario-rossi'],
      load: () => import('./export.js'),
    },
    {
      name: 'erase',
      summary: 'take a person off file for good',
      description:
        'What is his alone goes; what is others’ too stays without him, and ledgers keep their accounts. Hashes of his ' +
        'addresses stay, so that nobody writes to him or imports him again. An address, number or name that somebody ' +
        'else on file has too stays where it stands, and is listed. It asks for the name; no undo takes it back. ' +
        'Without --purge-history the past still holds him, and the end of the output says how to rewrite it.',
      args: [['<who>', 'id, e-mail address, phone number, identifier or name; the id of one erased before']],
      options: [
        { flags: '--confirm <name>', description: 'the person’s name, instead of being asked for it' },
        {
          flags: '--keep <kind>',
          description:
            'keep what the law obliges to keep, without the person: order, agreement, deal, case; may be repeated',
          repeatable: true,
        },
        { flags: '--why <text>', description: 'kept with the erasure; name nobody in it' },
        {
          flags: '--purge-history',
          description: 'rewrite the past as well, here and on the remote, for the whole team',
        },
      ],
      examples: [
        'contact erase mario@example.it --dry-run',
        'contact erase mario@example.it --keep order --confirm "Mario Rossi"',
        'contact erase mario@example.it --purge-history --confirm "Mario Rossi"',
      ],
      load: () => import('./erase.js'),
    },
  ],
};

export default noun;
