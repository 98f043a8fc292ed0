import type { CommandSpec, NounSpec, OptionSpec } from '../../cli/spec.js';
import { kinds } from '../../domain/dedupe/linkage/kinds.js';
import { companies, contacts, decide, review } from './records.js';

const map: OptionSpec = {
  flags: '--map <column=kind>',
  description: `what a column holds, where its name does not say: ${kinds.join(', ')}, or none`,
  repeatable: true,
};
const country: OptionSpec = { flags: '--country <code>', description: 'of telephone numbers without +…' };
const id: OptionSpec = {
  flags: '--id <column>',
  description: 'the column that names a row; it is never compared',
};
const raw: OptionSpec = {
  flags: '--raw',
  description: 'keep cells that a spreadsheet would run as formulas',
};

const model: OptionSpec = {
  flags: '--model <model.json>',
  description: 'weigh by what `dedupe train` learnt',
};

const clean: CommandSpec = {
  name: 'clean',
  summary: 'clean a mailing list of doubles, or link two lists',
  description:
    'The same person by e-mail address, by phone where the names agree, or by name and company where neither differs; ' +
    'and whoever the workspace suppresses. With --fuzzy also those whose cells, misspelt or half empty, are together ' +
    'too much alike for two people. It needs no workspace. Rows in = rows kept + rows removed.\n\n' +
    'Given two lists, it tells which row of one is which of the other, by their lines in the files or by --id.',
  args: [
    ['<list.csv>', 'the list; - reads standard input'],
    ['[other.csv]', 'a second list: then rows are linked, and nothing is removed'],
  ],
  options: [
    { flags: '-o, --out <file>', description: 'write the rows that stay here, or the linked pairs' },
    { flags: '--removed <file>', description: 'write the removed rows here, each with its reason' },
    country,
    {
      flags: '--keep <rule>',
      description: 'which of several rows stays (default: complete)',
      choices: ['complete', 'first', 'last'],
    },
    { flags: '--fill', description: 'fill what is empty in the row that stays from the removed ones' },
    { flags: '--fuzzy', description: 'also rows that are one person by all their cells together' },
    map,
    id,
    model,
    raw,
  ],
  examples: [
    'dedupe list.csv -o clean.csv --removed removed.csv --country IT',
    'dedupe list.csv --json',
    'dedupe list.csv --fuzzy -o clean.csv --removed removed.csv',
    'dedupe fair.csv customers.csv -o both.csv --map Kunde=company',
  ],
  load: () => import('./clean.js'),
};

const evaluate: CommandSpec = {
  name: 'evaluate',
  summary: 'measure how well doubles are found in a list whose truth is known',
  description:
    'Precision, recall and F1 of pairs, B-cubed, what share of the true pairs was compared at all (the ceiling), and the ' +
    'worst errors. The truth is a column that says who each row is, or a file of two columns that lists the pairs by ' +
    '--id. With two lists it is about the pairs between them. Neither the truth nor the id is compared.',
  args: [
    ['<list.csv>', 'the list; - reads standard input'],
    ['[other.csv]', 'a second list, to be linked to the first'],
  ],
  options: [
    { flags: '--truth <column|pairs.csv>', description: 'who each row is, or which rows are one' },
    {
      flags: '--id <column>',
      description: 'what the pairs name rows by (default: the first column, or else the row, from 0)',
    },
    map,
    country,
    model,
    { flags: '--errors <n>', description: 'show so many errors of each sort', default: '10' },
  ],
  examples: [
    'dedupe evaluate people.csv --truth cluster',
    'dedupe evaluate people.csv --truth pairs.csv --id record --json',
    'dedupe evaluate people.csv --truth cluster --model model.json',
    'dedupe evaluate fair.csv customers.csv --truth matches.csv',
  ],
  load: () => import('./evaluate.js'),
};

const explain: CommandSpec = {
  name: 'explain',
  summary: 'show what each field says for and against two records being one',
  description:
    'In bits: one more doubles the odds. The prior is what two taken at random start with. Two contacts or companies of ' +
    'the workspace, or with --in two rows of a list, which are named by their line in the file or by the value of --id. ' +
    'The verdict is about the two alone: a third may join them.',
  args: [
    ['<a>', 'id, e-mail address, phone number, identifier or name; or a row'],
    ['<b>', 'another; with --with, one of the other list'],
  ],
  options: [
    { flags: '--in <list.csv>', description: 'the list' },
    { flags: '--with <other.csv>', description: 'the second of two lists' },
    id,
    map,
    country,
    model,
  ],
  examples: [
    'dedupe explain mario@example.it 7xq2m4n8pd',
    'dedupe explain 12 845 --in list.csv',
    'dedupe explain A-7 K-1201 --in fair.csv --with customers.csv --id number --json',
  ],
  load: () => import('./explain.js'),
};

const train: CommandSpec = {
  name: 'train',
  summary: 'learn from a list how its doubles are written, for --model',
  description:
    'How often two records of one person or firm show each degree of agreement (m), and how many matches a record has. It ' +
    'is learnt by expectation maximisation over the pairs worth comparing, or counted where --truth tells who each row ' +
    'is. What strangers show is always measured on the list at hand. Names, companies and streets of several words ' +
    'have no such degrees, and stay as shipped. The same list gives the same file. Too few matches are refused.\n\n' +
    'Learning by itself follows what the list shows: measure with `dedupe evaluate` where some truth is known.',
  args: [
    ['<list.csv>', 'the list; - reads standard input'],
    ['[other.csv]', 'a second list, to be linked to the first'],
  ],
  options: [
    { flags: '-o, --out <model.json>', description: 'write the model here (default: standard output)' },
    {
      flags: '--truth <column|pairs.csv>',
      description: 'count by who each row is, or which rows are one',
    },
    id,
    map,
    country,
  ],
  examples: [
    'dedupe train people.csv -o model.json',
    'dedupe train people.csv --truth cluster -o model.json',
    'dedupe train fair.csv customers.csv -o model.json --map Kunde=company',
  ],
  load: () => import('./train.js'),
};

const modelExport: CommandSpec = {
  name: 'model',
  summary: 'write how a list is compared as a settings file for Splink',
  description:
    'Settings of Splink 4 for DuckDB: levels with m and u, the frequencies of values, the odds of a match, plain blocking ' +
    'rules. The weights of the levels are those that are used here, trained or shipped.\n\n' +
    'What cannot be carried: parts of an address count in full each, where here they count for less together; ' +
    'a household (all but the name agrees) is not held apart; addresses made of names, names swapped, how words ' +
    'sound, and companies’ legal forms are not known; telephone numbers are compared by their digits as written; ' +
    'frequencies are those of the cells as written. Names, companies and streets of several words, weighed word by word ' +
    'here, get four rough levels.',
  args: [
    ['<export>', '`export`'],
    ['<list.csv>', 'the list; - reads standard input'],
    ['[other.csv]', 'a second list: then the settings link (link_only)'],
  ],
  options: [
    { flags: '--format <format>', description: 'of the file', choices: ['splink'], default: 'splink' },
    model,
    { flags: '-o, --out <settings.json>', description: 'write it here (default: standard output)' },
    id,
    map,
    country,
  ],
  examples: [
    'dedupe model export people.csv --format splink --id number -o settings.json',
    'dedupe model export people.csv --format splink --model model.json -o settings.json',
  ],
  load: () => import('./model.js'),
};

const noun: NounSpec = {
  name: 'dedupe',
  summary: 'find who is there twice, in a list or between two',
  defaultVerb: 'clean',
  verbs: [clean, contacts, companies, review, decide, evaluate, explain, train, modelExport],
};

export default noun;
