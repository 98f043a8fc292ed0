import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { benchDaily } from './daily.js';
import { itaca, row, run, runTimed } from './measure.js';
import { family, given } from './scale-workspace.js';

/** A workspace of many contacts out of one list: import, first index, reading, logging. */
export function benchStore(folder, contacts) {
  const list = join(folder, 'people.csv');
  writePeople(list, contacts);
  const workspace = join(folder, 'w');
  const at = (...args) => [itaca, '-C', workspace, ...args];
  run(process.execPath, [
    itaca,
    'init',
    workspace,
    '--name',
    'Bench',
    '--country',
    'IT',
    '--timezone',
    'Europe/Rome',
    '--language',
    'it',
  ]);
  const imported = runTimed(process.execPath, at('import', 'csv', list, '--yes', '--no-input', '--json'));
  const loop = plainLoop(workspace, join(folder, 'plain'));
  const s = (seconds) => `${seconds.toFixed(1)} s`;
  const ratio = imported.seconds / loop.seconds;
  row(
    `\`import csv\` of ${contacts} rows`,
    { value: 3, text: '3 × writing the same files + git add + git commit', unit: ' ×' },
    ratio,
    `${s(imported.seconds)} / ${s(loop.seconds)}`,
  );
  row('… its memory', { value: 1024, text: '1 GB', unit: ' MB' }, imported.megabytes, '');

  rmSync(join(workspace, '.itaca'), { recursive: true });
  const indexed = runTimed(process.execPath, at('case', 'list'));
  row(`first index of ${loop.files} records`, { value: 10, text: '10 s', unit: ' s' }, indexed.seconds, '');
  row('… its memory', { value: 1229, text: '1.2 GB', unit: ' MB' }, indexed.megabytes, '');

  benchDaily(workspace, 'mario.7@example7.org', { reading: 1.5, logging: 1.2 });
}

/** The same people on every machine. */
function writePeople(path, count) {
  const fd = openSync(path, 'w');
  let text = 'name,email,phone,company,city,country,language,tags\n';
  for (let n = 0; n < count; n++) {
    const first = n === 7 ? 'Mario' : given[(n * 7) % 10];
    const last = `${family[(n * 13) % 10]}${n}`;
    text += `${first} ${last},${first.toLowerCase()}.${n}@example${n % 500}.org,+39 02 ${5550000 + n},Ditta ${n % 5000} srl,Milano,Italia,it,fiera\n`;
    if (text.length > 1 << 20) {
      writeSync(fd, text);
      text = '';
    }
  }
  writeSync(fd, text);
  closeSync(fd);
}

/** The baseline: the same files written by a plain loop, added and committed by git. */
function plainLoop(workspace, folder) {
  const files = ['contacts', 'companies'].flatMap((kind) =>
    readdirSync(join(workspace, kind), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [file.slice(workspace.length + 1), readFileSync(file)]),
  );
  mkdirSync(folder);
  run('git', ['init', '-q', folder]);
  const began = performance.now();
  const made = new Set();
  for (const [path, content] of files) {
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(join(folder, parent), { recursive: true });
    made.add(parent);
    writeFileSync(join(folder, path), content);
  }
  run('git', ['-C', folder, 'add', '-A']);
  run('git', ['-C', folder, 'commit', '-qm', 'import']);
  const seconds = (performance.now() - began) / 1000;
  rmSync(folder, { recursive: true });
  return { seconds, files: files.length };
}
