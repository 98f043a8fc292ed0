import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ItacaError } from '../domain/error.js';

/** Who holds a lock: a process, told apart from a later one of the same number by the boot and its start. */
interface Holder {
  pid: number;
  host: string;
  /** Changes with each boot; empty where the system does not say. */
  boot: string;
  /** Start of the process in clock ticks since the boot; empty where the system does not say. */
  started: string;
  /** What it does, for people. */
  about: string;
  /** ISO 8601. */
  since: string;
}

const patienceMs = 30_000;
/** For a holder on another machine: whether it still lives cannot be seen from here. */
const patienceElsewhereMs = 3_000;
const pollMs = 20;
let taken = 0;

/**
 * Runs `work` while this process alone holds a lock, and waits up to half a minute for another one to give it back.
 * @param folder of the lock, outside what git tracks
 * @param about what this process does, told to whoever waits
 * @param work told what `lastTaken` said before
 * @throws ItacaError `locked` naming the holder
 */
export async function withLock<T>(
  folder: string,
  name: string,
  about: string,
  work: (before: string) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      const { before, release } = await takeLock(folder, name, about);
      try {
        return await work(before);
      } finally {
        await release();
      }
    } catch (error) {
      if (!(error instanceof LockedError) || performance.now() - began > error.patienceMs) throw error;
      // Waiting a little longer now and then keeps two waiters from falling into step.
      await sleep(pollMs + (taken++ % 7) * 3);
    }
  }
}

/**
 * Which taking of a lock was the last: another text after each. What was seen at one value still stands at the same
 * value, as far as holders of the lock go.
 * @returns undefined while somebody holds it, since anything may be changing then
 */
export function lastTaken(folder: string, name: string): string | undefined {
  // In this order: a holder who comes after the first line is seen by the second.
  const taking = readTaking(folder, name);
  return existsSync(join(folder, `${name}.lock`)) ? undefined : taking;
}

function readTaking(folder: string, name: string): string {
  const file = join(folder, `${name}.last`);
  return `${folder} ${existsSync(file) ? readFileSync(file, 'utf8') : ''}`;
}

export interface TakenLock {
  /** What `lastTaken` said before. */
  before: string;
  /** Gives the lock back. */
  release: () => Promise<void>;
}

/**
 * Takes a lock, held until it is given back or its process is gone.
 * @throws ItacaError `locked` where a living process holds it
 */
export async function takeLock(folder: string, name: string, about: string): Promise<TakenLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = join(folder, `${name}.lock`);
  const mine = join(folder, `${name}.${process.pid}.${taken++}.tmp`);
  const self = { ...(await processOf(process.pid)), about, since: new Date().toISOString() };
  await writeFile(mine, JSON.stringify(self));
  const held = async (): Promise<TakenLock> => {
    const before = readTaking(folder, name);
    await writeFile(join(folder, `${name}.last`), JSON.stringify({ ...self, taking: taken++ }));
    return { before, release: () => unlink(lock) };
  };
  try {
    // A link appears whole or not at all, unlike a file that is opened and then written.
    if (await linked(mine, lock)) return await held();
    // Whoever finds a dead holder removes the lock under a second one, so that two cannot both remove it.
    const breaking = join(folder, `${name}.lock.break`);
    if (!(await linked(mine, breaking))) {
      await breakIfDead(breaking);
      throw new LockedError(await readHolder(lock), lock);
    }
    try {
      const holder = await readHolder(lock);
      if (holder !== undefined && !(await removeIfDead(lock, holder))) throw new LockedError(holder, lock);
      if (!(await linked(mine, lock))) throw new LockedError(await readHolder(lock), lock);
    } finally {
      await unlink(breaking);
    }
    return await held();
  } finally {
    await unlink(mine);
  }
}

/** A process that died while it removed another's lock; the next one to come finds the way free. */
async function breakIfDead(breaking: string): Promise<void> {
  const holder = await readHolder(breaking);
  if (holder !== undefined) await removeIfDead(breaking, holder).catch(() => {});
}

/**
 * Removes a lock whose holder is gone. A holder that gave it back and then ended looks just as dead, and the lock may
 * be another's by then; so it is read again: what is still the dead one's now, he can give back no more.
 * @returns false where somebody holds it
 */
async function removeIfDead(lock: string, holder: Holder): Promise<boolean> {
  if (await isAlive(holder)) return false;
  const now = await readHolder(lock);
  if (now === undefined) return true;
  if (JSON.stringify(now) !== JSON.stringify(holder)) return false;
  await unlink(lock);
  return true;
}

class LockedError extends ItacaError {
  readonly patienceMs: number;

  constructor(holder: Holder | undefined, lock: string) {
    const who = holder
      ? `"${holder.about}" (process ${holder.pid} on ${holder.host}, since ${holder.since})`
      : 'another process';
    super('locked', `${who} is writing here`, {
      hint: `wait for it to end, then run this again; if nothing of the kind runs, remove ${lock}`,
      path: lock,
    });
    this.patienceMs = holder && holder.host !== hostname() ? patienceElsewhereMs : patienceMs;
  }
}

/** Locks in a folder whose holders are gone, as files; and whether one of a living process is there. */
export async function abandonedLocks(folder: string): Promise<{ dead: string[]; living: boolean }> {
  const names = await readdir(folder).catch(() => []);
  const found: { dead: string[]; living: boolean } = { dead: [], living: false };
  for (const name of names.filter((one) => /\.(?:lock|lock\.break|tmp)$/.test(one))) {
    const holder = await readHolder(join(folder, name)).catch(() => undefined);
    if (holder === undefined) continue;
    if (await isAlive(holder)) found.living = true;
    else found.dead.push(join(folder, name));
  }
  return found;
}

async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  const text = await readFile(lock, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Holder);
}

async function isAlive(holder: Holder): Promise<boolean> {
  // A process of another machine cannot be asked; only a person can tell.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await processOf(holder.pid);
  return now.boot === holder.boot && now.started === holder.started;
}

async function processOf(pid: number): Promise<Pick<Holder, 'pid' | 'host' | 'boot' | 'started'>> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const boot = (await read('/proc/sys/kernel/random/boot_id')).trim();
  // The process's name stands in parentheses and may hold spaces; its start is the 20th field after it.
  const fields = (await read(`/proc/${pid}/stat`)).split(') ').at(-1)?.split(' ') ?? [];
  return { pid, host: hostname(), boot, started: fields[19] ?? '' };
}
