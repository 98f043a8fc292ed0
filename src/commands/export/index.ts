import type { CommandSpec, NounSpec } from '../../cli/spec.js';
import { outOption } from './hand-out.js';

const options: CommandSpec['options'] = [
  { flags: '-o, --out <file>', description: 'write it here (default: standard output)' },
  { flags: '--type <type>', description: 'only cases of this type' },
  { flags: '--since <when>', description: 'only cases opened since' },
  { flags: '--until <when>', description: 'only cases opened until, that day included' },
];

const noun: NounSpec = {
  name: 'export',
  summary: 'records for other programs, and cases as an event log',
  verbs: [
    {
      name: 'vcard',
      summary: 'people and firms as an address book (vCard 4, or 3 for older programs)',
      description:
        'For phones and mail programs. What stands under vcard: in a record is given back as it came in. import vcard reads\n' +
        'it back. A file that is there is not written over.',
      args: [['[query...]', 'only these; people where it names no kind: itaca help queries']],
      options: [
        outOption,
        { flags: '--layout <version>', description: 'of vCard (default: 4.0)', choices: ['4.0', '3.0'] },
      ],
      examples: ['export vcard -o people.vcf', 'export vcard +fiera-2026 --layout 3.0 -o fair.vcf'],
      load: () => import('./vcard.js'),
    },
    {
      name: 'xes',
      summary: 'the histories of cases as XES (IEEE 1849), for process mining',
      description:
        'Each case is a trace, each entry of its history an event. Customers are named only where an\n' +
        'imported log named them. A file that is there is not\n' +
        'written over.',
      args: [['[query...]', 'only these cases; see: itaca help queries']],
      options,
      examples: ['export xes -o cases.xes', 'export xes type:complaint --since 2026-01-01 -o complaints.xes'],
      load: () => import('./xes.js'),
    },
    {
      name: 'csv-log',
      summary: 'the histories of cases as a list (CSV), one row for each event',
      description:
        'With the columns that tools for process mining expect, and one for each attribute. What a spreadsheet would run\n' +
        'as a formula is made text. A file that is there is not written over.',
      args: [['[query...]', 'only these cases; see: itaca help queries']],
      options,
      examples: ['export csv-log -o cases.csv', 'export csv-log state:closed | head'],
      load: () => import('./csv-log.js'),
    },
  ],
};

export default noun;
