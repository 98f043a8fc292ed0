import type { CommandSpec, NounSpec } from '../../cli/spec.js';
import { outOption, recordOptions } from './options.js';

const selected: [string, string] = [
  '[query...]',
  'only these; people where it names no kind: itaca help queries',
];

const options: CommandSpec['options'] = [
  outOption,
  { flags: '--type <type>', description: 'only cases of this type' },
  { flags: '--since <when>', description: 'only cases opened since' },
  { flags: '--until <when>', description: 'only cases opened until, that day included' },
];

const noun: NounSpec = {
  name: 'export',
  summary: 'records for other programs, and cases as an event log',
  verbs: [
    {
      name: 'csv',
      summary: 'people, or records of another kind, as a list (CSV)',
      description:
        'A column for each key; import csv reads it back. What a spreadsheet would run as a formula is made text. A layout has\n' +
        'the columns of another address book, and leaves out what it has none for. With --to the list is for\n' +
        'somebody else: it is refused unless the latest consent of each person names that third party, or any, and who went to\n' +
        'whom, in what file, goes on record.',
      args: [selected],
      options: [
        ...recordOptions,
        {
          flags: '--layout <program>',
          description: "another program's columns",
          choices: ['google', 'outlook'],
        },
      ],
      examples: [
        'export csv -o people.csv',
        'export csv +fiera-2026 --layout google -o google.csv',
        "export csv 'kind:deal stage:won' | head",
        'export csv +fiera-2026 --to "Fiera Milano" --leave-out -o for-the-fair.csv',
      ],
      load: () => import('./csv.js'),
    },
    {
      name: 'jsonl',
      summary: 'people, or records of another kind, as JSON Lines: one record a line, with all its keys',
      args: [selected],
      options: [...recordOptions],
      examples: ['export jsonl -o people.jsonl', 'export jsonl kind:interaction | jq .subject'],
      load: () => import('./jsonl.js'),
    },
    {
      name: 'ics',
      summary: 'birthdays, meetings, visits and what is due, for a calendar (iCalendar)',
      description:
        'Birthdays come every year. What is due are the events of due --ics. Each keeps its UID, so that a calendar which reads\n' +
        'the file again changes what it has.',
      options: [outOption],
      examples: ['export ics -o house.ics'],
      load: () => import('./ics.js'),
    },
    {
      name: 'sqlite',
      summary: 'everything as an SQLite file: records and ledgers, for any tool that reads one',
      description:
        'A table for each kind and for each of its lists: contacts, contact_emails, contact_consents, cases, case_history, sends,\n' +
        'events … References are ids of the records that they name; what no column takes is JSON in "more".',
      options: [{ ...outOption, description: 'the file; it must not be there yet' }],
      examples: ['export sqlite -o house.sqlite'],
      load: () => import('./sqlite.js'),
    },
    {
      name: 'parquet',
      summary: 'everything, for a warehouse: records and ledgers as a folder of Parquet files',
      description:
        'A folder for each table: contacts, contact_emails, contact_consents, cases, case_history, sends, events … Ledgers are cut\n' +
        'by month, as Hive lays them out: sends/year=2026/month=11/part-0.parquet. References are ids of the records that they\n' +
        'name; what no column takes is JSON in "more"; a date without a time is the first moment of its day here.',
      options: [{ ...outOption, description: 'the folder; it must not be there yet' }],
      examples: [
        'export parquet -o warehouse',
        'export parquet -o warehouse && duckdb -c "select event, count(*) from \'warehouse/sends/**/*.parquet\' group by 1"',
      ],
      load: () => import('./parquet.js'),
    },
    {
      name: 'vcard',
      summary: 'people and firms as an address book (vCard 4, or 3 for older programs)',
      description:
        'For phones and mail programs. What stands under vcard: in a record is given back as it came in. import vcard reads\n' +
        'it back. A file that is there is not written over.',
      args: [selected],
      options: [
        ...recordOptions,
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
