// Cleaning a list of a million people: seconds, peak memory, and whether one thread gives the same bytes as several.
// node bench/dedupe-list.js [rows] [threads]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const self = fileURLToPath(import.meta.url);
const given =
  'Mario Anna Luca Giulia Paolo Chiara Marco Sara Pietro Elena Hans Karin John Mary Zoë José'.split(' ');
const family =
  'Rossi Bianchi Verdi Russo Ferrari Esposito Müller Schmidt Smith Jones Gallo Conti Costa Rizzo'.split(' ');
const cities = 'Milano Torino Roma Bologna Napoli Genova München Wien'.split(' ');

/** The same list on every machine: rows of eight columns, one in ten the double of an earlier one. */
function writeList(path, rows) {
  let seed = 1;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 4294967296) * below);
  };
  const person = (n) => {
    const first = given[n % given.length];
    const last = `${family[n % family.length]}${String.fromCharCode(97 + (n % 23))}`;
    return [
      first,
      last,
      `p${n}@firm${n % 9973}.example`,
      `+39 02 ${1000000 + n}`,
      `Ditta ${n % 40009} S.r.l.`,
    ];
  };
  const file = openSync(path, 'w');
  let text = 'id,first_name,last_name,email,phone,company,city,notes\n';
  for (let n = 0; n < rows; n++) {
    const double = n > 100 && random(10) === 0;
    const [first, last, email, phone, company] = person(double ? random(n) : n);
    const spelled = double && random(2) === 0 ? email.toUpperCase() : email;
    text += `${n},${first},${last},${spelled},${phone},${company},${cities[n % cities.length]},"met at the fair, hall ${n % 12}"\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
}

/** Cleans the list in this process and says what it took. */
async function clean(folder, list, workers) {
  const { cleanList } = await import(pathToFileURL(join(folder, 'main.js')).href);
  const began = performance.now();
  const options = { country: 'IT', keep: 'complete', fill: false, raw: false, workers };
  const cleaned = await cleanList({ input: readFileSync(list), ...options });
  const hash = createHash('sha256');
  for (const part of cleaned.clean()) hash.update(part);
  for (const part of cleaned.removed()) hash.update(part);
  const { rows, kept, removed, reasons } = cleaned.report;
  const seconds = (performance.now() - began) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { workers, seconds, megabytes, rows, kept, removed, reasons, sha256: hash.digest('hex') };
}

/** Peak memory is that of a process: each run has its own. */
function inOwnProcess(folder, list, workers) {
  const run = spawnSync(process.execPath, [self, '--run', folder, list, String(workers)], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

async function main(rows, threads) {
  const folder = mkdtempSync(join(tmpdir(), 'itaca-bench-'));
  try {
    // As build.js bundles the program, with the action alone as its entry.
    await build({
      absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
      entryPoints: {
        main: 'src/actions/clean-list.ts',
        'actions/clean-list/chunk-keys.worker': 'src/actions/clean-list/chunk-keys.worker.ts',
      },
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.17',
    });
    const list = join(folder, 'list.csv');
    writeList(list, rows);
    const many = inOwnProcess(folder, list, threads);
    const one = inOwnProcess(folder, list, 1);
    const size = (statSync(list).size / 1e6).toFixed(0);
    console.log(`${many.rows} rows, ${size} MB: ${many.kept} kept, ${many.removed} removed`, many.reasons);
    for (const run of [many, one]) {
      const { workers, seconds, megabytes } = run;
      console.log(`${workers} thread(s): ${seconds.toFixed(1)} s, peak ${megabytes.toFixed(0)} MB`);
    }
    console.log(`same bytes: ${many.sha256 === one.sha256 ? 'yes' : 'NO'}`);
    if (many.sha256 !== one.sha256) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
if (args[0] === '--run') console.log(JSON.stringify(await clean(args[1], args[2], Number(args[3]))));
else await main(Number(args[0] ?? 1_000_000), Number(args[1] ?? availableParallelism()));
