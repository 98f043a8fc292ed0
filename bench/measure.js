// Running commands and telling what they took.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

export const itaca = fileURLToPath(new URL('../bin/itaca.js', import.meta.url));

/** Runs a command to its end; throws where it fails. Seconds, and peak memory in MB where /usr/bin/time is there. */
export function run(command, args, options = {}) {
  const began = performance.now();
  const { status, stderr, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...options,
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${stderr}`);
  const peak = /Maximum resident set size \(kbytes\): (\d+)/.exec(stderr)?.[1];
  return { seconds, megabytes: peak === undefined ? undefined : Number(peak) / 1024, stdout };
}

/** The same under GNU time, for the peak memory. */
export function runTimed(command, args, options) {
  return run('/usr/bin/time', ['-v', command, ...args], options);
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Medians of several things, run in turn so that a slow moment of the machine strikes all of them. */
export function inTurn(times, things) {
  const taken = things.map(() => []);
  for (let i = -1; i < times; i++) {
    things.forEach((thing, k) => {
      const seconds = thing();
      if (i >= 0) taken[k].push(seconds);
    });
  }
  return taken.map(median);
}

/** One row of the table. */
export function row(what, limit, measured, detail) {
  const met = measured <= limit.value ? 'met' : 'MISSED';
  process.stdout.write(
    `| ${what} | ${limit.text} | ${measured.toFixed(2)}${limit.unit} | ${met} | ${detail} |\n`,
  );
}

export function header() {
  process.stdout.write('| what | no more than | measured | | medians |\n|---|---|---|---|---|\n');
}
