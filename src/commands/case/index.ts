import type { CommandSpec, NounSpec, OptionSpec } from '../../cli/spec.js';
import { causes, priorities } from '../../domain/cases/states.js';

const why: OptionSpec = { flags: '--why <reason>', description: 'why; kept in the history' };
const which: [string, string] = ['<case>', 'id, reference or title'];
const file: OptionSpec = {
  flags: '--attach <file>',
  description: 'a file that came or went with it; may be repeated',
  repeatable: true,
};

/** What may be put on record with the move that ends a case. */
const ending: OptionSpec[] = [
  why,
  { flags: '--cause <cause>', description: 'what it came from', choices: causes },
  { flags: '--remedy <what>', description: 'what the customer got to put it right' },
  { flags: '--cost <money>', description: 'what the remedy cost us: "12.50 EUR"' },
  {
    flags: '--confirmed [interaction]',
    description: 'the customer says it is solved: where (default: the last word he sent)',
  },
];

/** The verbs of a case's life. */
const life: CommandSpec[] = [
  {
    name: 'open',
    summary: 'open a case; anybody may',
    description:
      'Where the customer has an open case that reads alike, or is about the same order, joining it is offered: then what ' +
      'was said becomes one more contact in that case, and the clock stays that of the first message. On a terminal the ' +
      'questions of the playbook are asked.',
    args: [['<title>', 'what it is about, in a line']],
    options: [
      { flags: '--contact <who>', description: 'the customer' },
      { flags: '--company <which>', description: 'the firm' },
      {
        flags: '--type <type>',
        description: 'question, complaint, order, cancellation …: a file in processes/',
        default: 'question',
      },
      { flags: '--channel <channel>', description: 'how it arrived: phone, email, fax …' },
      { flags: '--at <when>', description: 'when it arrived (default: now); its clock runs from then' },
      { flags: '--priority <priority>', description: 'how pressing it is', choices: priorities },
      { flags: '--owner <member>', description: 'whose it is; he has to accept it' },
      { flags: '--office <office>', description: 'the answering office (default: the process says)' },
      { flags: '--order <order>', description: 'the order it is about' },
      { flags: '--agreement <agreement>', description: 'the agreement it is about' },
      { flags: '--note <text>', description: 'what was said' },
      file,
      {
        flags: '--join [case]',
        description: 'join that case, or the open one of the customer that reads alike, if there is one',
      },
    ],
    examples: [
      'case open "Books never arrived" --contact mario@example.it --type complaint --channel fax',
      'case open "Books never arrived" --contact mario@example.it --type complaint --channel letter --attach scan.pdf --join',
      'case open "Wants the price list" --contact "Anna Bauer" --owner karin --json',
    ],
    load: () => import('./open.js'),
  },
  {
    name: 'assign',
    summary: 'hand a case over to a member or an office',
    description:
      'The other has to accept: until he does something about it, the clock of the hand-over runs.',
    args: [which, ['<member>', 'whose it becomes, or the office']],
    options: [why],
    examples: ['case assign k3f9w2q8ab anna --why "knows the customer"'],
    load: () => import('./assign.js'),
  },
  {
    name: 'accept',
    summary: 'take on a case that was handed over, or that nobody owns',
    args: [which],
    options: [why],
    examples: ['case accept k3f9w2q8ab'],
    load: () => import('./accept.js'),
  },
  {
    name: 'reply',
    summary: 'put an answer to the customer on file',
    args: [which, ['[text]', 'what was said; - reads standard input']],
    options: [
      { flags: '--channel <channel>', description: 'how it left (default: as the customer last wrote)' },
      { flags: '--subject <text>', description: 'in a few words' },
      { flags: '--outcome <outcome>', description: 'reached, no_answer, busy, voicemail …' },
      { flags: '--minutes <n>', description: 'how long it took' },
      { flags: '--promise <what>', description: 'what was promised with it' },
      { flags: '--due <when>', description: 'by when: 2026-11-24, fri, tomorrow 15:00, 3d' },
      file,
      { flags: '--wait', description: 'from now on the case waits for the customer' },
      {
        flags: '--confirms',
        description: 'this is the written confirmation that the agreement of the case has ended',
      },
    ],
    examples: [
      'case reply k3f9w2q8ab "They left on Monday" --channel email',
      'case reply k3f9w2q8ab - --channel letter --attach scan.pdf < letter.txt',
      'case reply k3f9w2q8ab "Rang, told him" --channel phone --minutes 5 --promise "ring with the date" --due fri',
    ],
    load: () => import('./reply.js'),
  },
  {
    name: 'wait',
    summary: 'wait for the customer, or for a colleague who is asked',
    description: 'Waiting for the customer stops the clock of the resolution; asking a colleague does not.',
    args: [which],
    options: [{ flags: '--on <member>', description: 'the colleague who is asked; he has to accept' }, why],
    examples: [
      'case wait k3f9w2q8ab --why "asked for the order number"',
      'case wait k3f9w2q8ab --on dino --why "where is the parcel?"',
    ],
    load: () => import('./wait.js'),
  },
  {
    name: 'escalate',
    summary: 'raise a case to the next level',
    args: [which],
    options: [
      why,
      { flags: '--level <n>', description: 'to which level (default: the next one)' },
      { flags: '--to <member>', description: 'who is to know (default: whom the owner reports to)' },
    ],
    examples: ['case escalate k3f9w2q8ab --why "she writes to the papers"'],
    load: () => import('./escalate.js'),
  },
  {
    name: 'resolve',
    summary: 'the firm holds the case for solved',
    args: [which],
    options: ending,
    examples: [
      'case resolve k3f9w2q8ab --why "new lamp delivered" --cause supplier --remedy "a book" --cost "18.00 EUR"',
    ],
    load: () => import('./resolve.js'),
  },
  {
    name: 'close',
    summary: 'end a resolved case: the customer says so, or said nothing for the time the process names',
    args: [which],
    options: ending,
    examples: ['case close k3f9w2q8ab --confirmed --why "she says it works" --cause supplier'],
    load: () => import('./close.js'),
  },
  {
    name: 'reopen',
    summary: 'take a case up again; its first clock runs on',
    args: [which],
    options: [why],
    examples: ['case reopen k3f9w2q8ab --why "broke again"'],
    load: () => import('./reopen.js'),
  },
  {
    name: 'reject',
    summary: 'end a case that is none: not ours, spam, a joke',
    args: [which],
    options: [why],
    examples: ['case reject k3f9w2q8ab --why "meant for the other book club"'],
    load: () => import('./reject.js'),
  },
];

/** The verbs by which cases are tied to each other and to other records. */
const ties: CommandSpec[] = [
  {
    name: 'link',
    summary: 'tie a case to its customer, order, agreement, a call, a promise, another case',
    args: [which, ['<record...>', 'what it belongs with']],
    options: [
      {
        flags: '--corrective-action',
        description: 'the record is the note on what was changed so that it does not recur',
      },
    ],
    examples: [
      'case link k3f9w2q8ab 26-0834',
      'case link k3f9w2q8ab weigh-every-parcel-m2x7c4v9ab --corrective-action',
    ],
    load: () => import('./link.js'),
  },
  {
    name: 'merge',
    summary: 'make one case out of two; the earliest clock wins',
    args: [which, ['<into>', 'the case that goes on']],
    options: [why],
    examples: ['case merge es8ff0kdjc ftndssqh9c --why "the same, by fax"'],
    load: () => import('./merge.js'),
  },
  {
    name: 'unmerge',
    summary: 'take a merge back',
    args: [which],
    options: [why],
    examples: ['case unmerge es8ff0kdjc'],
    load: () => import('./unmerge.js'),
  },
];

const noun: NounSpec = {
  name: 'case',
  summary: 'questions, complaints, orders, cancellations',
  verbs: [
    {
      name: 'list',
      summary: 'list open cases: all, or those that a query selects',
      args: [['[query...]', 'such as owner:me type:complaint opened.before:2026-11-01']],
      options: [{ flags: '--all', description: 'the resolved and closed ones too' }],
      examples: ['case list', 'case list owner:me --json', 'case list --all type:complaint'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'a case, its clocks, its playbook, and all that was said',
      args: [which],
      examples: ['case show k3f9w2q8ab'],
      load: () => import('./show.js'),
    },
    {
      name: 'dossier',
      summary: 'every contact, file, promise and move of a case in one dated document',
      args: [which],
      options: [{ flags: '-o, --out <file>', description: 'write it there, as Markdown' }],
      examples: ['case dossier k3f9w2q8ab', 'case dossier k3f9w2q8ab -o dossier.md'],
      load: () => import('./dossier.js'),
    },
    ...life,
    ...ties,
  ],
};

export default noun;
