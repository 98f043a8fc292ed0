import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ItacaError } from '../domain/error.js';

/** Who holds a lock: a process, told apart from a later one of the same number by the boot and its start. */
interface Holder {
  pid: number;
  /** Changes with each boot; empty where the system does not say. */
  boot: string;
  /** Start of the process in clock ticks since the boot; empty where the system does not say. */
  started: string;
}

/**
 * Takes a lock of this machine, held until it is given back or its process is gone.
 * @param folder outside the workspace, so that two copies of one workspace share it
 * @returns gives the lock back
 * @throws ItacaError `locked` where a living process holds it
 */
export async function takeLock(folder: string, name: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = join(folder, `${name}.lock`);
  const mine = join(folder, `${name}.${process.pid}.tmp`);
  await writeFile(mine, JSON.stringify(await holderOf(process.pid)));
  try {
    if (await linked(mine, lock)) return () => unlink(lock);
    // Whoever finds a dead holder removes the lock under a second one, so that two cannot both remove it.
    const breaking = join(folder, `${name}.lock.break`);
    if (!(await linked(mine, breaking))) throw locked(lock, breaking);
    try {
      const holder = await readHolder(lock);
      if (holder !== undefined && (await isAlive(holder))) throw locked(lock);
      if (holder !== undefined) await unlink(lock);
      if (!(await linked(mine, lock))) throw locked(lock);
    } finally {
      await unlink(breaking);
    }
    return () => unlink(lock);
  } finally {
    await unlink(mine);
  }
}

function locked(lock: string, breaking?: string): ItacaError {
  return new ItacaError('locked', 'another process of this machine is sending for this workspace', {
    hint:
      breaking === undefined
        ? 'wait until it is done'
        : `wait until it is done; if none runs, remove ${breaking}`,
    path: lock,
  });
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
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await holderOf(holder.pid);
  return now.boot === holder.boot && now.started === holder.started;
}

async function holderOf(pid: number): Promise<Holder> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '');
  const boot = (await read('/proc/sys/kernel/random/boot_id')).trim();
  // The process's name stands in parentheses and may hold spaces; its start is the 20th field after it.
  const fields = (await read(`/proc/${pid}/stat`)).split(') ').at(-1)?.split(' ') ?? [];
  return { pid, boot, started: fields[19] ?? '' };
}
