import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { replyText } from './reply-text.js';

/** Real answers of three public test suites, where they are at hand. */
const data = join(process.env.ITACA_DATA ?? '/nonexistent', 'mail');
const table = join(data, 'replies.csv');

describe.skipIf(!existsSync(table))('answers of public test suites', () => {
  it('are freed of quotes and signatures, exactly', () => {
    const rows = parse(readFileSync(table), { columns: true }) as {
      file: string;
      expected: string;
      format: string;
    }[];
    const wrong = rows.filter(({ file, expected, format }) => {
      const raw = readFileSync(join(data, file), 'utf8');
      const text = format.startsWith('eml') ? firstText(raw) : raw;
      return replyText(text).trim() !== lines(readFileSync(join(data, expected), 'utf8')).trim();
    });
    expect(rows.length).toBe(61);
    expect(rows.length - wrong.length).toBeGreaterThanOrEqual(59);
  });
});

const lines = (text: string) => text.replace(/\r\n?/g, '\n');

/** The first plain text of a message, for the few shapes that these have. */
function firstText(raw: string): string {
  const text = lines(raw);
  const boundary = /boundary="?([^"\n]+)"?/.exec(text)?.[1];
  const part = boundary === undefined ? text : text.split(`--${boundary}\n`)[1]!.split(`\n--${boundary}`)[0]!;
  const end = part.indexOf('\n\n');
  const body = part.slice(end + 2);
  return /base64/i.test(part.slice(0, end)) ? Buffer.from(body, 'base64').toString('utf8') : body;
}
