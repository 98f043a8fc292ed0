import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { itaca, row, run, runTimed } from './measure.js';
import { writeJournals } from './send.js';

const lines = 1_000_000;

/** Reads the same lines with what Node has for it: by readline, each by JSON.parse. */
const plainRead = `
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
let read = 0;
for (const path of process.argv.slice(1))
  for await (const line of createInterface({ input: createReadStream(path) })) {
    JSON.parse(line);
    read++;
  }
console.log(read);
`;

/** A ledger of 1,000,000 lines as Parquet, beside reading its lines and throwing them away. */
export async function benchParquet(folder) {
  const workspace = join(folder, 'parquet', 'W');
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'parquet', 'state') };
  mkdirSync(join(folder, 'parquet'));
  run(process.execPath, [itaca, 'init', workspace, '--name', 'Bench', '--timezone', 'Europe/Rome'], { env });
  const campaign = join(workspace, 'campaigns', 'spring-aaaaaaaaaa');
  const sends = join(campaign, 'sends');
  mkdirSync(sends, { recursive: true });
  writeFileSync(
    join(campaign, 'campaign.md'),
    '---\ntitle: Spring\npurpose: newsletter\naudience: kind:contact\nstate: finished\n---\n',
  );
  const perDay = Math.ceil(lines / 2 / 360);
  writeJournals(sends, lines, (n) => new Date(Date.UTC(2026, 0, 1 + n / perDay, 9)).toISOString());
  const journals = readdirSync(sends).map((name) => join(sends, name));
  const plain = () => run(process.execPath, ['--input-type=module', '-e', plainRead, ...journals]);
  plain();
  const baseline = Math.min(plain().seconds, plain().seconds);
  const written = [1, 2].map((n) =>
    runTimed(
      process.execPath,
      [itaca, '-C', workspace, 'export', 'parquet', '-o', join(folder, 'parquet', String(n))],
      { env },
    ),
  );
  const seconds = Math.min(...written.map((one) => one.seconds));
  const megabytes = Math.max(...written.map((one) => one.megabytes));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await connection.runAndReadAll(
    `select count(*) from read_parquet('${join(folder, 'parquet', '1', 'sends', '**', '*.parquet')}')`,
  );
  const detail = `${baseline.toFixed(2)} s to read the lines by readline and JSON.parse; DuckDB counts ${read.getRows()[0][0]}`;
  row('export parquet, 1,000,000 lines', { value: 10, text: '10 s', unit: ' s' }, seconds, detail);
  row('its memory', { value: 500, text: '500 MB', unit: ' MB' }, megabytes, '');
}
