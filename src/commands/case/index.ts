import type { NounSpec } from '../../cli/spec.js';
import { causes, priorities } from '../../domain/cases/states.js';

const why = { flags: '--why <reason>', description: 'why; kept in the history' };
const which: [string, string] = ['<case>', 'id, reference or title'];
const cause = {
  flags: '--cause <cause>',
  description: 'what it came from',
  choices: causes,
};

const noun: NounSpec = {
  name: 'case',
  summary: 'questions, complaints, orders, cancellations',
  verbs: [
    {
      name: 'open',
      summary: 'open a case; anybody may',
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
        { flags: '--priority <priority>', description: 'how pressing it is', choices: priorities },
        { flags: '--owner <member>', description: 'whose it is' },
        { flags: '--office <office>', description: 'the answering office (default: the process says)' },
        { flags: '--order <order>', description: 'the order it is about' },
        { flags: '--agreement <agreement>', description: 'the agreement it is about' },
        { flags: '--note <text>', description: 'what was said' },
      ],
      examples: [
        'case open "Books never arrived" --contact mario@example.it --type complaint --channel fax',
        'case open "Wants the price list" --contact "Anna Bauer" --owner karin --json',
      ],
      load: () => import('./open.js'),
    },
    {
      name: 'list',
      summary: 'list open cases, or those that a query selects',
      args: [['[query...]', 'such as owner:me type:complaint opened.before:2026-11-01']],
      options: [{ flags: '--all', description: 'the resolved and closed ones too' }],
      examples: ['case list', 'case list owner:me --json', 'case list --all type:complaint'],
      load: () => import('./list.js'),
    },
    {
      name: 'show',
      summary: 'a case, its clocks, and all that was said',
      args: [which],
      examples: ['case show k3f9w2q8ab'],
      load: () => import('./show.js'),
    },
    {
      name: 'assign',
      summary: 'give a case to a member',
      args: [which, ['<member>', 'whose it becomes']],
      options: [why],
      examples: ['case assign k3f9w2q8ab anna --why "knows the customer"'],
      load: () => import('./assign.js'),
    },
    {
      name: 'resolve',
      summary: 'the firm holds the case for solved',
      args: [which],
      options: [why, cause],
      examples: ['case resolve k3f9w2q8ab --why "new lamp delivered" --cause supplier'],
      load: () => import('./resolve.js'),
    },
    {
      name: 'close',
      summary: 'end a resolved case',
      args: [which],
      options: [why, cause],
      examples: ['case close k3f9w2q8ab --why "she says it works"'],
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
  ],
};

export default noun;
