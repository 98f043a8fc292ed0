// What a person wrote himself, and what he wants: rows for the table of bench/inbox.js.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { bundled } from './bundled.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = join(root, 'src/domain/inbox/intent/fixtures');

/**
 * @param data folder of the mail data, which has replies.csv
 * @returns {Promise<{what: string, reach: string, measured: string, met: boolean | undefined}[]>}
 */
export async function peopleRows(data) {
  const { replyText } = await bundled('src/domain/inbox/reply/reply-text.ts');
  const { readIntent } = await bundled('src/domain/inbox/intent/read-intent.ts');
  const { intentWords, intentWordsFile } = await bundled('src/domain/inbox/intent/words.ts');
  const words = readdirSync(join(root, 'templates/inbox/words')).map((file) =>
    intentWords(
      intentWordsFile.parse(parseYaml(readFileSync(join(root, 'templates/inbox/words', file), 'utf8'))),
    ),
  );
  const model = JSON.parse(readFileSync(join(root, 'templates/inbox/model.json'), 'utf8'));
  const read = ({ subject = '', text, reply = false }) =>
    readIntent({ subject, text: replyText(text), isReply: reply }, { words, model }).intent ?? null;
  const messages = jsonLines('messages.jsonl');
  const four = ['order', 'complaint', 'cancellation', 'question'];
  const rows = [stripping(data, replyText)];
  for (const language of ['it', 'en', 'de', 'fr', 'es'])
    rows.push(
      intents(
        `intents set aside, ${language}`,
        '≥ 0.9',
        messages.filter((one) => one.held && one.language === language && four.includes(one.intent)),
        read,
      ),
    );
  rows.push(intents('intents of messages written after the rules', '–', jsonLines('later.jsonl'), read));
  rows.push(
    intents("intents of a second author's messages set aside", '–', jsonLines('strangers-later.jsonl'), read),
  );
  const began = performance.now();
  for (const message of messages) read(message);
  const speed = (messages.length / (performance.now() - began)) * 1000;
  rows.push({
    what: 'messages of people read a second',
    reach: '≥ 1,000',
    measured: speed.toFixed(0),
    met: speed >= 1000,
  });
  return rows;
}

const jsonLines = (name) =>
  readFileSync(join(fixtures, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function stripping(data, replyText) {
  const what = 'quotes and signatures stripped, exact';
  const reach = '≥ 50 of 61';
  const table = join(data, 'replies.csv');
  if (!existsSync(table)) return { what, reach, measured: 'no data', met: undefined };
  const rows = parseCsv(readFileSync(table), { columns: true });
  const right = rows.filter(({ file, expected, format }) => {
    const raw = readFileSync(join(data, file), 'utf8');
    const text = format.startsWith('eml') ? firstText(raw) : raw;
    return replyText(text).trim() === lf(readFileSync(join(data, expected), 'utf8')).trim();
  }).length;
  return { what, reach, measured: `${right} of ${rows.length}`, met: right >= (rows.length * 50) / 61 };
}

function intents(what, reach, messages, readOne) {
  const answers = messages.map((message) => [message.intent, readOne(message)]);
  const right = answers.filter(([wanted, got]) => wanted === got).length;
  const read = answers.filter(([, got]) => got !== null);
  // That nothing is found where nothing is wanted is right, but no answer.
  const precise = read.filter(([wanted, got]) => wanted === got).length;
  const share = (part, whole) => (whole === 0 ? '–' : (part / whole).toFixed(3));
  const measured = `${share(right, messages.length)} (${right} of ${messages.length}; ${messages.length - read.length} left to a person, precision of the rest ${share(precise, read.length)})`;
  return { what, reach, measured, met: reach === '–' ? undefined : right >= messages.length * 0.9 };
}

const lf = (text) => text.replace(/\r\n?/g, '\n');

/** The first plain text of a message, for the few shapes that these have. */
function firstText(raw) {
  const text = lf(raw);
  const boundary = /boundary="?([^"\n]+)"?/.exec(text)?.[1];
  const part = boundary === undefined ? text : text.split(`--${boundary}\n`)[1].split(`\n--${boundary}`)[0];
  const end = part.indexOf('\n\n');
  const body = part.slice(end + 2);
  return /base64/i.test(part.slice(0, end)) ? Buffer.from(body, 'base64').toString('utf8') : body;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const row of await peopleRows(join(process.env.ITACA_DATA ?? '', 'mail')))
    process.stdout.write(
      `| ${row.what} | ${row.reach} | ${row.measured} | ${row.met === undefined ? '' : row.met ? 'met' : 'MISSED'} |\n`,
    );
