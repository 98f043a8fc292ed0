import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { peopleRows } from './inbox-people.js';
import { median, runTimed } from './measure.js';

const data = resolve(
  fileURLToPath(new URL('..', import.meta.url)),
  process.env.ITACA_DATA ?? '../shared/data',
);

/** What is told of messages, each a module of figures: `{ what, reach, right, all }` for each row; none where its data is not there. */
const figures = { mailFigures: '../src/e2e/mail-figures.ts' };

/** How well messages that came in are told, and how fast. */
export async function benchInbox(folder) {
  process.stdout.write('\n| messages | to reach | right | | of |\n|---|---|---|---|---|\n');
  const code = bundled(folder);
  const { classifyMessage, parseMessage, PostalMime, ...tables } = await import(pathToFileURL(code).href);
  for (const name of Object.keys(figures)) {
    const rows = await tables[name](data);
    if (rows === undefined) process.stdout.write(`| ${name} | | no data | | |\n`);
    for (const { what, reach, right, all } of rows ?? []) {
      const share = right / all;
      const met = share >= reach ? 'met' : 'MISSED';
      process.stdout.write(`| ${what} | ${reach} | ${share.toFixed(3)} | ${met} | ${right}/${all} |\n`);
    }
  }
  for (const { what, reach, measured, met } of await peopleRows(join(data, 'mail')))
    process.stdout.write(
      `| ${what} | ${reach} | ${measured} | ${met === undefined ? '' : met ? 'met' : 'MISSED'} | |\n`,
    );
  await speed(parseMessage, classifyMessage, PostalMime);
  memory(folder, code);
}

/** Against parsing alone by postal-mime; on one core. */
async function speed(parseMessage, classifyMessage, PostalMime) {
  if (!existsSync(join(data, 'mail'))) return;
  const messages = readdirSync(join(data, 'mail'), { recursive: true })
    .filter((file) => String(file).endsWith('.eml'))
    .map((file) => readFileSync(join(data, 'mail', String(file))));
  const ways = [
    async (raw) => classifyMessage(await parseMessage(raw)),
    // It refuses some.
    (raw) => PostalMime.parse(raw).catch(() => {}),
  ];
  const seconds = ways.map(() => []);
  for (let round = -2; round < 9; round++)
    for (const [index, way] of ways.entries()) {
      const began = performance.now();
      for (const raw of messages) await way(raw);
      if (round >= 0) seconds[index].push((performance.now() - began) / 1000);
    }
  const [ours, theirs] = seconds.map((all) => messages.length / median(all));
  const detail = `${Math.round(ours)} and ${Math.round(theirs)} a second, ${messages.length} messages`;
  process.stdout.write(
    `| taken apart and told, to postal-mime that takes apart alone | 0.6 × | ${(ours / theirs).toFixed(2)} × | ${ours >= theirs * 0.6 ? 'met' : 'MISSED'} | ${detail} |\n`,
  );
}

/** Of the whole process, with a file of 50 MB in the message. */
function memory(folder, code) {
  const message = join(folder, 'large.eml');
  const file = randomBytes(50 << 20)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  writeFileSync(
    message,
    `From: ann@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n` +
      `Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n--b--\r\n`,
  );
  const program =
    `import { createReadStream } from 'node:fs'; import { classifyMessage, parseMessage } from ${JSON.stringify(pathToFileURL(code).href)};` +
    `const { kind } = classifyMessage(await parseMessage(createReadStream(${JSON.stringify(message)})));` +
    `if (kind !== 'person') throw new Error(kind);`;
  const { megabytes, seconds } = runTimed(process.execPath, ['--input-type=module', '-e', program]);
  process.stdout.write(
    `| memory with a file of 50 MB in the message, read as a stream | 300 MB | ${Math.round(megabytes)} MB | ${megabytes <= 300 ? 'met' : 'MISSED'} | ${seconds.toFixed(1)} s |\n`,
  );
}

/** The code as it is in the source: the program has no door to it that is narrow enough to measure. */
function bundled(folder) {
  const from = (path) => JSON.stringify(join(import.meta.dirname, path));
  const outfile = join(folder, 'inbox.mjs');
  buildSync({
    stdin: {
      contents: [
        ...Object.entries(figures).map(([name, path]) => `export { ${name} } from ${from(path)};`),
        `export { parseMessage } from ${from('../src/mail/parse-message.ts')};`,
        `export { classifyMessage } from ${from('../src/domain/inbox/classify.ts')};`,
        `export { default as PostalMime } from 'postal-mime';`,
      ].join('\n'),
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  return outfile;
}
