import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { ItacaError } from '../domain/error.js';

interface Owner {
  pid: number;
  boot: string;
  host: string;
  command: string;
  since: string;
}

const waitMs = 10_000;
const pollMs = 25;

/**
 * Runs `work` while this process alone may write to the workspace. Waits up to ten seconds for another writer; a lock
 * whose process is gone (by process id and boot id) is taken over.
 * @param file of the lock, outside what git tracks
 * @throws ItacaError `locked` naming the owner and the lock's age
 */
export async function withLock<T>(file: string, command: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + waitMs;
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file, command)) {
    const owner = readOwner(file);
    if (owner && !alive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() > deadline) {
      const who = owner
        ? `"${owner.command}" (process ${owner.pid} on ${owner.host}, since ${owner.since})`
        : 'another process';
      throw new ItacaError('locked', `the workspace is being written by ${who}`, {
        hint: 'wait for it to end, then run this again',
      });
    }
    await new Promise((done) => setTimeout(done, pollMs));
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(file: string, command: string): boolean {
  try {
    const fd = openSync(file, 'wx');
    const owner: Owner = {
      pid: process.pid,
      boot: bootId(),
      host: hostname(),
      command,
      since: new Date().toISOString(),
    };
    writeSync(fd, JSON.stringify(owner));
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function alive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  if (owner.boot !== bootId()) return false;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells one start of the machine from the next; empty where the system does not say. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
