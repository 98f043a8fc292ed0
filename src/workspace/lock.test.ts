import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { abandonedLocks, lastTaken, takeLock } from './lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'itaca-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Above the highest number that Linux gives a process.
const dead = { pid: 2 ** 22 + 1, host: hostname(), boot: '', started: '', about: 'import csv', since: '' };
const lock = () => join(folder, 'write.lock');

describe('a lock', () => {
  it('is held by one, and free again when given back', async () => {
    const { release } = await takeLock(folder, 'write', 'one');
    await expect(takeLock(folder, 'write', 'two')).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`"one" (process ${process.pid} `),
    });
    expect(await abandonedLocks(folder)).toEqual({ dead: [], living: true });
    await release();
    await (await takeLock(folder, 'write', 'two')).release();
  });

  it('of a process that is gone is taken over', async () => {
    writeFileSync(lock(), JSON.stringify(dead));
    expect(await abandonedLocks(folder)).toEqual({ dead: [lock()], living: false });
    const { release } = await takeLock(folder, 'write', 'two');
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ pid: process.pid, about: 'two' });
    await release();
    expect(existsSync(lock())).toBe(false);
  });

  it('of another machine is not', async () => {
    writeFileSync(lock(), JSON.stringify({ ...dead, host: 'elsewhere' }));
    await expect(takeLock(folder, 'write', 'two')).rejects.toMatchObject({ code: 'locked' });
  });

  it('tells whether anybody held it since', async () => {
    const first = lastTaken(folder, 'write');
    const { before, release } = await takeLock(folder, 'write', 'one');
    expect(before).toBe(first);
    // Whoever holds it may be changing anything.
    expect(lastTaken(folder, 'write')).toBeUndefined();
    await release();
    const second = lastTaken(folder, 'write');
    expect(second).not.toBe(first);
    const again = await takeLock(folder, 'write', 'two');
    expect(again.before).toBe(second);
    await again.release();
    expect(lastTaken(folder, 'write')).not.toBe(second);
  });
});
