import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { firmMails } from './firm-mails.js';
import { folder, Place, start } from './harness.js';
import { mailFirm, sentBy } from './mail-firm.js';
import { mail, mbox } from './mails.js';

const [people, messages] = [40, 400];

const inboxFile = (place: Place) => place.files('inbox').map((path) => place.path(path))[0];
const size = (path: string | undefined) => (path && existsSync(path) ? statSync(path).size : 0);

/** Moments of a pull, by what is on disk at each. */
const moments: [what: string, reached: (place: Place) => boolean][] = [
  ['is announced', (place) => existsSync(place.path('.itaca/pending.json'))],
  ['has filed its first word', (place) => existsSync(place.path('interactions'))],
  ['has closed its first address', (place) => existsSync(place.path('suppressions'))],
  ['has put its first events in their ledger', (place) => place.files(events).length > 0],
  ['has its first line in the ledger', (place) => size(inboxFile(place)) > 0],
  ['has a later line in the ledger', (place) => size(inboxFile(place)) > 60_000],
  ['holds the index of git', (place) => existsSync(place.path('.git/index.lock'))],
  ['is nearly through', (place) => place.files('attachments').length > messages - 20],
];
const events = 'campaigns/news-nnnnnnnnnn/events';

/** Milliseconds after the start, over all of a pull; the same at each run. */
const chances = [900, 1400, 1900, 2600, 3300];

describe.concurrent('a pull that is killed', () => {
  let preparing: ReturnType<typeof prepare> | undefined;
  const prepared = () => {
    preparing ??= prepare();
    return preparing;
  };

  /** The firm before its pull, and everything it holds after one that was let finish. */
  async function prepare() {
    const before = await mailFirm(people);
    before.write('../in.mbox', mbox([...firmMails(messages, sentBy(before))]));
    const whole = copy(before);
    await whole.ok('inbox', 'pull', whole.path('../in.mbox'), '--quiet');
    return { before, wanted: onFile(whole) };
  }

  it.each(moments)('when it %s is completed by the next, each message once', async (_what, reached) => {
    const { before, wanted } = await prepared();
    const place = copy(before);
    await killed(place, async (isOver) => {
      while (!isOver() && !reached(place)) await turn();
    });
    await completed(place, wanted);
  });

  it('at any moment, and again and again, is completed in the end', async () => {
    const { before, wanted } = await prepared();
    const place = copy(before);
    for (const ms of chances) {
      await killed(place, (_isOver, end) => Promise.race([wait(ms), end]));
      unlock(place);
    }
    await completed(place, wanted);
  });
});

it('a word that was filed when its case was not yet written gets its case, and ends the agreement', async () => {
  const place = await mailFirm(3);
  const text = 'Disdico il mio abbonamento AB-1.';
  const word = mail({ id: 'd1@x', from: 'p1@example.org', subject: 'Disdetta', text });
  place.write('../in.mbox', mbox([word]));
  const agreement = place.files('agreements').find((path) => path.includes('ab-1-')) as string;
  const before = place.read(agreement);
  const pull = () => place.ok('inbox', 'pull', place.path('../in.mbox'), '--json');
  await pull();
  const whole = place.tree();
  // As a crash after its first files leaves it.
  for (const path of [...place.files('cases'), ...place.files('inbox')]) rmSync(place.path(path));
  place.write(agreement, before);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'half of it');
  expect((await pull()).json).toMatchObject({ received: 1, filed: 1 });
  expect(place.tree()).toEqual(whole);
  expect((await place.itaca(['check'])).stdout).toBe('');
});

it('a ledger that was written, but not committed, is committed by the next though nothing more came', async () => {
  const place = await mailFirm(3);
  place.write('../in.mbox', mbox([...firmMails(9, sentBy(place))]));
  await place.ok('inbox', 'pull', place.path('../in.mbox'));
  const ledgers = [...place.files('inbox'), ...place.files(events)];
  await place.git('rm', '-q', '--cached', ...ledgers);
  await place.git('commit', '-q', '--amend', '--no-edit');
  expect(await place.git('status', '--porcelain')).not.toBe('');
  expect((await place.ok('inbox', 'pull', place.path('../in.mbox'), '--json')).json.received).toBe(0);
  expect(await place.git('status', '--porcelain')).toBe('');
});

describe('a pull into a full disk', () => {
  it('says so, and is completed once there is room (skipped: no tmpfs)', async ({ skip }) => {
    const before = await mailFirm(people);
    before.write('../in.mbox', mbox([...firmMails(messages, sentBy(before))]));
    const whole = copy(before);
    await whole.ok('inbox', 'pull', whole.path('../in.mbox'), '--quiet');
    const used = (place: Place) => Number(execFileSync('du', ['-s', place.home]).toString().split('\t')[0]);
    const [little, much] = [used(copy(before)), used(whole)];
    const disk = smallDisk(1024 * Math.round(little + 0.3 * (much - little)));
    if (!disk) return skip();
    try {
      const place = copy(before, disk.path);
      for (const room of [0.5, 0.7, 0.9]) {
        const run = await place.itaca(['inbox', 'pull', place.path('../in.mbox'), '--json']);
        expect(run.code, run.stdout).not.toBe(0);
        expect(run.stderr).toMatch(/no space|full/i);
        disk.grow(1024 * Math.round(little + room * (much - little)));
      }
      disk.grow(1024 * 4 * much);
      await completed(place, onFile(whole));
    } finally {
      disk.remove();
    }
  });
});

/** A file system of so many bytes, which can be made larger; undefined where none may be mounted. */
function smallDisk(bytes: number): { path: string; grow(bytes: number): void; remove(): void } | undefined {
  const path = folder();
  const mount = (...options: string[]) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', path]).status;
  if (mount(`size=${bytes}`) !== 0) return undefined;
  return {
    path,
    grow: (more) => expect(mount('remount', `size=${more}`)).toBe(0),
    remove: () => expect(spawnSync('umount', [path]).status).toBe(0),
  };
}

let copies = 0;
function copy(place: Place, under = place.home): Place {
  const home = join(under, `copy-${++copies}`);
  mkdirSync(home);
  cpSync(place.root, join(home, 'W'), { recursive: true });
  cpSync(place.path('../in.mbox'), join(home, 'in.mbox'));
  return new Place(join(home, 'W'), home);
}

/** Starts a pull, and kills it and the gits that it runs, as when the machine loses power. */
async function killed(
  place: Place,
  until: (isOver: () => boolean, end: Promise<void>) => Promise<void>,
): Promise<void> {
  const pull = ['-C', place.root, 'inbox', 'pull', place.path('../in.mbox'), '--quiet'];
  const child = start(pull, { env: place.env, detached: true });
  let ended = false;
  const end = new Promise<void>((done) => child.once('close', () => done()));
  child.once('exit', () => {
    ended = true;
  });
  await until(() => ended, end);
  try {
    process.kill(-(child.pid as number), 'SIGKILL');
  } catch (error) {
    // It was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await end;
}

/** Removes what a git that was killed held. Only a person can know that none runs any more. */
function unlock(place: Place): void {
  for (const name of readdirSync(place.path('.git'), { recursive: true }) as string[])
    if (name.endsWith('.lock')) rmSync(place.path(`.git/${name}`));
}

/** What is on file: everything but what tells in which order and by how many writes it came. */
function onFile(place: Place) {
  const lines = (folder: string) =>
    place
      .files(folder)
      .filter((path) => path.endsWith('.jsonl'))
      .flatMap((path) => place.read(path).trim().split('\n'))
      .map((line) => JSON.parse(line));
  const records = Object.entries(place.tree()).filter(([path]) => !path.endsWith('.jsonl'));
  return {
    records: Object.fromEntries(records),
    events: lines(events)
      .map(({ id }) => id)
      .sort(),
    inbox: lines('inbox')
      .map(({ event, message, place: at = '' }) => `${event} ${message} ${at}`)
      .sort(),
  };
}

/** Pulls to the end, and proves that this comes to what one pull comes to. */
async function completed(place: Place, wanted: ReturnType<typeof onFile>): Promise<void> {
  unlock(place);
  await place.ok('inbox', 'pull', place.path('../in.mbox'), '--json');
  const now = onFile(place);
  expect(Object.keys(now.records)).toEqual(Object.keys(wanted.records));
  const differing = Object.keys(now.records).filter((path) => now.records[path] !== wanted.records[path]);
  expect(differing.map((path) => [now.records[path], wanted.records[path]])).toEqual([]);
  expect(now.events).toEqual(wanted.events);
  expect(now.inbox).toEqual(wanted.inbox);
  expect(await place.git('status', '--porcelain')).toBe('');
  await place.git('fsck', '--no-dangling');
  expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  const { findings } = (await place.itaca(['inbox', 'reconcile', place.path('../in.mbox'), '--json'])).json;
  // Strangers wait, since yesterday.
  expect(findings.filter(({ problem }: { problem: string }) => problem !== 'overdue')).toEqual([]);
  expect((await place.ok('inbox', 'pull', place.path('../in.mbox'), '--json')).json.received).toBe(0);
}
