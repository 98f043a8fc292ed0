import type { NounSpec } from '../../cli/spec.js';
import { intents } from '../../domain/inbox/classification.js';

const messages = '<message...>';
const named = 'id or the beginning of it, or Message-ID, as inbox list shows them';

const noun: NounSpec = {
  name: 'inbox',
  summary: 'what comes in: mail, letters, fax; each accounted for',
  verbs: [
    {
      name: 'pull',
      summary: 'take in what lies in the sources',
      description:
        'A source is a name from inbox.sources in itaca.yaml (all of them where none is named), an .eml file, an mbox, a\n' +
        'Maildir, a folder of such files or of scanned letters, or - for standard input. Nothing is removed or marked there,\n' +
        'and a message counts once, by Message-ID and content, however often it comes. What is certain is filed: bounces,\n' +
        'complaints of providers, unsubscribes, and the words of people whom Itaca knows, in their case, whose clock runs\n' +
        'from when the message arrived. The rest waits in inbox list.',
      args: [['[source...]', 'a name from itaca.yaml, a path, or -']],
      options: [
        { flags: '--channel <channel>', description: 'how it came: email, letter, fax … (for a path)' },
        {
          flags: '--address <address>',
          description: 'the address or number of ours that it came to (for a path)',
        },
        { flags: '--received <when>', description: 'when a letter or fax arrived (for a path)' },
        { flags: '--sent', description: 'what lies there was written by us (for a path)' },
      ],
      examples: [
        'inbox pull',
        'inbox pull mail/october.mbox --dry-run --json',
        'inbox pull scans/fax-0017.txt --channel fax --received "2026-11-20 16:40"',
      ],
      load: () => import('./pull.js'),
    },
    {
      name: 'list',
      summary: 'list what waits, the longest first',
      options: [
        { flags: '--all', description: 'also what is filed or dismissed' },
        { flags: '--filed', description: 'what is filed' },
        { flags: '--dismissed', description: 'what was dismissed, by whom and why' },
        { flags: '--source <name>', description: 'what came from one source' },
      ],
      examples: ['inbox list', 'inbox list --dismissed --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'show a message, what it is taken for, and why',
      args: [['<message>', named]],
      examples: ['inbox show 8k2f'],
      load: () => import('./show.js'),
    },
    {
      name: 'file',
      summary: 'file a message with a person, and in a case',
      description:
        'What it is said to want is a lesson for the next messages; what was taught of it holds where nothing is said. A report\n' +
        'that an address does not work, or of a complaint, closes that address. A message that is filed already is moved, with\n' +
        'the case that it opened.',
      args: [['<message>', named]],
      options: [
        { flags: '--contact <who>', description: 'whose message it is' },
        { flags: '--new-contact', description: 'put the sender on file' },
        { flags: '--case <case>', description: 'the case that it belongs to' },
        { flags: '--intent <intent>', description: 'what it wants', choices: intents },
        { flags: '--text <text>', description: 'what it says, typed from a scan' },
        { flags: '--unsubscribe', description: 'its sender, or the contact, wants no more messages' },
        { flags: '--sent', description: 'one of us wrote it' },
      ],
      examples: ['inbox file 8k2f --contact mario@example.it --intent complaint'],
      load: () => import('./file.js'),
    },
    {
      name: 'dismiss',
      summary: 'put messages aside, with the reason',
      args: [[messages, named]],
      options: [{ flags: '--why <reason>', description: 'why nothing follows from them' }],
      examples: ['inbox dismiss 8k2f 9c1d --why "advertising"'],
      load: () => import('./dismiss.js'),
    },
    {
      name: 'teach',
      summary: 'say what messages want, for the next ones like them',
      description:
        'What is taught is joined to the words that Itaca knows, in Italian, English, German, French and Spanish, and to\n' +
        'your own in inbox/words/<language>.yaml, such as:\n\n' +
        '  language: it\n' +
        '  complaint:\n' +
        '    strong: [non funziona, è rott*]\n\n' +
        'Itaca’s own files in templates/inbox/words say how phrases are written. A reply is an answer that wants nothing.',
      args: [
        ['<intent>', `one of ${intents.join(', ')}`],
        [messages, named],
      ],
      examples: ['inbox teach cancellation 8k2f 9c1d'],
      load: () => import('./teach.js'),
    },
    {
      name: 'reconcile',
      summary: 'prove that all that came in is accounted for',
      description:
        'received = filed + dismissed + waiting, by source and day. Each message is looked for: as it was kept, and in the\n' +
        'records that it is filed in; with a source named, also there. Exits 1 where something is missing, was changed, or\n' +
        'waits past the target of its channel.',
      args: [['[source...]', 'names from itaca.yaml, or paths, that are asked what they hold']],
      options: [{ flags: '--since <date>', description: 'only what arrived from then on' }],
      examples: ['inbox reconcile', 'inbox reconcile info --since 2026-11-01 --json'],
      load: () => import('./reconcile.js'),
    },
  ],
};

export default noun;
