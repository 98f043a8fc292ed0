import type { CommandSpec, NounSpec } from '../../cli/spec.js';
import { companies, contacts, decide, explain, review } from './records.js';

const clean: CommandSpec = {
  name: 'clean',
  summary: 'clean a mailing list of doubles before sending',
  description:
    'The same person by e-mail address, by phone where the names agree, or by name and company where neither differs; ' +
    'and whoever the workspace suppresses. It needs no workspace. Rows in = rows kept + rows removed.',
  args: [['<list.csv>', 'the list; - reads standard input']],
  options: [
    { flags: '-o, --out <file>', description: 'write the rows that stay here' },
    { flags: '--removed <file>', description: 'write the removed rows here, each with its reason' },
    { flags: '--country <code>', description: 'of telephone numbers without +…' },
    {
      flags: '--keep <rule>',
      description: 'which of several rows stays',
      choices: ['complete', 'first', 'last'],
      default: 'complete',
    },
    { flags: '--fill', description: 'fill what is empty in the row that stays from the removed ones' },
    { flags: '--raw', description: 'keep cells that a spreadsheet would run as formulas' },
  ],
  examples: ['dedupe list.csv -o clean.csv --removed removed.csv --country IT', 'dedupe list.csv --json'],
  load: () => import('./clean.js'),
};

const noun: NounSpec = {
  name: 'dedupe',
  summary: 'find who is there twice, in a list or between two',
  defaultVerb: 'clean',
  verbs: [clean, contacts, companies, review, decide, explain],
};

export default noun;
