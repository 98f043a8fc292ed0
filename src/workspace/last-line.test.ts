import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lastLineAt } from './last-line.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'itaca-last-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (at: string) => `${JSON.stringify({ id: 'x', at })}\n`;
const journal = (text: string, day = '2026-01-01') => writeFileSync(join(folder, `${day}-a.jsonl`), text);

it('tells the last of all journals, however long they are', async () => {
  expect(await lastLineAt(join(folder, 'none'))).toBe(Number.NEGATIVE_INFINITY);
  expect(await lastLineAt(folder)).toBe(Number.NEGATIVE_INFINITY);
  writeFileSync(join(folder, 'plan.jsonl'), line('2027-01-01T00:00:00Z'));
  journal(line('2026-01-01T00:00:00Z').repeat(2000) + line('2026-01-02T00:00:00+01:00'));
  expect(await lastLineAt(folder)).toBe(Date.parse('2026-01-01T23:00:00Z'));
  journal(line('2026-01-05T00:00:00Z'), '2026-01-05');
  expect(await lastLineAt(folder)).toBe(Date.parse('2026-01-05T00:00:00Z'));
});

it('passes over what a crash left, and leaves what it cannot read to others', async () => {
  journal(`${line('2026-01-01T00:00:00Z')}{"id":"y","at":"2027`);
  expect(await lastLineAt(folder)).toBe(Date.parse('2026-01-01T00:00:00Z'));
  for (const broken of ['{"id":', 'no end\n', 'null\n', '{"id":"x"}\n', `{"a":"${'x'.repeat(40_000)}"}\n`]) {
    journal(broken);
    expect(await lastLineAt(folder)).toBe(Number.POSITIVE_INFINITY);
  }
});
