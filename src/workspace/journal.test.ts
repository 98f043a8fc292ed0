import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendPlan } from '../domain/campaigns/plan.js';
import { stateFolder } from './high-water.js';
import { type JournalPlace, readJournals, SendJournal } from './journal.js';
import { takeLock } from './lock.js';
import { freezePlan, readPlan, requireSameContent } from './plan-file.js';

let root: string;
let place: JournalPlace;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journal-'));
  place = {
    folder: join(root, 'sends'),
    campaignId: 'k3f9w2q8ab',
    state: join(root, 'state'),
    clone: 'c1',
    date: '2026-11-24',
  };
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

const at = '2026-11-24T10:00:00Z';
const draft = (number: number) => ({
  at,
  message_id: `<m${number}@example.it>`,
  contact: `n-${number}`,
  address: `p${number}@example.it`,
  token: `t${number}`,
  transport: 'smtp',
});
const file = () => join(place.folder, '2026-11-24-c1.jsonl');
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Writes intents for so many, and outcomes `sent` for the first of them. */
async function write(intents: number, sent: number, where = place): Promise<void> {
  const journal = await SendJournal.open(where);
  const lines = await journal.intend(range(intents).map(draft));
  await Promise.all(
    lines
      .slice(0, sent)
      .map(({ id, message_id, address }) =>
        journal.conclude([{ event: 'sent', at, intent: id, message_id, address }]),
      ),
  );
  await journal.close();
}

describe('the journal', () => {
  it('says what became of each address, and of an intent without outcome that it is in doubt', async () => {
    await write(3, 2);
    const { ledger, torn } = await readJournals(place.folder);
    expect(range(4).map((number) => ledger.get(`p${number}@example.it`)?.state)).toEqual([
      'sent',
      'sent',
      'unknown',
      undefined,
    ]);
    expect(torn).toEqual([]);
    expect(readdirSync(place.folder)).toEqual(['2026-11-24-c1.jsonl']);
    expect(readdirSync(place.state)).toEqual(['journals', 'send.last']);
  });

  it('shares one fsync among the lines that come at the same time', async () => {
    const journal = await SendJournal.open(place);
    const handle = await open(file());
    const sync = vi.spyOn(Object.getPrototypeOf(handle), 'datasync');
    await handle.close();
    const intents = await journal.intend(range(200).map(draft));
    expect(sync).toHaveBeenCalledTimes(1);
    await Promise.all(
      intents.map(({ id, message_id, address }) =>
        journal.conclude([{ event: 'sent', at, intent: id, message_id, address }]),
      ),
    );
    expect(sync.mock.calls.length).toBeLessThan(5);
    await journal.close();
  });

  it('sets aside a last line that a crash cut off, and goes on', async () => {
    await write(2, 2);
    const whole = readFileSync(file());
    appendFileSync(file(), '{"id":"0123","event":"int');
    expect((await readJournals(place.folder)).torn).toEqual(['2026-11-24-c1.jsonl']);
    const journal = await SendJournal.open(place);
    expect(journal.setAside).toHaveLength(1);
    expect(readFileSync(journal.setAside[0]!, 'utf8')).toBe('{"id":"0123","event":"int');
    expect(readFileSync(file()).equals(whole)).toBe(true);
    await journal.intend([draft(9)]);
    await journal.close();
    expect((await readJournals(place.folder)).ledger.get('p9@example.it')?.state).toBe('unknown');
  });

  it('a line changed in the middle is an error with its place', async () => {
    await write(3, 0);
    const lines = readFileSync(file(), 'utf8').split('\n');
    lines[1] = lines[1]!.replace('p1@', 'q1@');
    writeFileSync(file(), lines.join('\n'));
    await expect(readJournals(place.folder)).rejects.toMatchObject({
      code: 'invalid',
      line: 2,
      path: file(),
    });
    lines[1] = '\0\0\0';
    writeFileSync(file(), lines.join('\n'));
    await expect(readJournals(place.folder)).rejects.toMatchObject({ code: 'invalid', line: 2 });
  });

  it('the lines of two clones, and the same lines twice, count once', async () => {
    await write(2, 1);
    cpSync(file(), join(place.folder, '2026-11-24-c2.jsonl'));
    const { ledger } = await readJournals(place.folder);
    expect([...ledger.records()].map(({ state }) => state)).toEqual(['sent', 'unknown']);
  });

  it('a doubt that was resolved in another clone is resolved', async () => {
    await write(1, 0);
    const other = await SendJournal.open({ ...place, clone: 'c2' });
    const { intent } = other.ledger.get('p0@example.it')!;
    await other.conclude([
      { event: 'deferred', at, intent: intent.id, message_id: intent.message_id, address: intent.address },
    ]);
    await other.close();
    expect((await readJournals(place.folder)).ledger.get('p0@example.it')?.state).toBe('deferred');
  });
});

describe('the high-water mark refuses', () => {
  const refused = {
    code: 'refused',
    message: expect.stringContaining('people may have the message already'),
  };

  it.each([
    [
      'a journal that became shorter',
      () => truncateSync(file(), readFileSync(file(), 'utf8').indexOf('\n') + 1),
    ],
    ['a journal that is gone', () => rmSync(file())],
    ['a folder from before the send', () => rmSync(place.folder, { recursive: true })],
    [
      'a journal that begins otherwise',
      () => writeFileSync(file(), readFileSync(file(), 'utf8').replace('p0@', 'q0@')),
    ],
  ])('%s', async (_, harm) => {
    await write(3, 3);
    harm();
    await expect(SendJournal.open(place)).rejects.toMatchObject(refused);
    // Nothing of the refusal stays behind.
    expect(readdirSync(place.state)).toEqual(['journals', 'send.last']);
  });

  it('a copy of the folder that went on behind the back of the first', async () => {
    await write(1, 1);
    const copy = { ...place, folder: join(root, 'copy') };
    cpSync(place.folder, copy.folder, { recursive: true });
    await write(2, 2);
    await expect(SendJournal.open(copy)).rejects.toMatchObject(refused);
  });

  it('but not a journal that only grew', async () => {
    await write(1, 1);
    await write(2, 2);
    await write(3, 3, { ...place, date: '2026-11-25' });
    await (await SendJournal.open(place)).close();
  });

  it('lives where XDG says', () => {
    expect(stateFolder('ws', { XDG_STATE_HOME: '/s' })).toBe('/s/itaca/ws');
    expect(stateFolder('ws', {})).toMatch(/\/\.local\/state\/itaca\/ws$/);
  });
});

describe('when the disk fails', () => {
  it('intents are not on disk, so nothing may leave, and no doubt stays behind', async () => {
    await write(1, 1);
    const before = readFileSync(file());
    const journal = await SendJournal.open(place);
    const handle = await open(file());
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(full);
    await expect(journal.intend([draft(1)])).rejects.toMatchObject({
      code: 'partial',
      message: expect.stringContaining('ENOSPC'),
    });
    await expect(journal.intend([draft(2)])).rejects.toMatchObject({ code: 'partial' });
    expect(journal.ledger.get('p1@example.it')).toBeUndefined();
    await journal.close();
    expect(readFileSync(file()).equals(before)).toBe(true);
  });
});

describe('one writer', () => {
  it('takes away what a crash left of a plan', async () => {
    mkdirSync(place.folder, { recursive: true });
    writeFileSync(join(place.folder, '.plan.4711.tmp'), '{');
    await (await SendJournal.open(place)).close();
    expect(existsSync(join(place.folder, '.plan.4711.tmp'))).toBe(false);
  });

  it('a second one on this machine is told to wait', async () => {
    const journal = await SendJournal.open(place);
    await expect(SendJournal.open({ ...place, folder: join(root, 'copy') })).rejects.toMatchObject({
      code: 'locked',
    });
    await journal.close();
    await (await SendJournal.open(place)).close();
  });

  it('a lock whose process is gone is taken over, also when its number was given away again', async () => {
    await (await takeLock(place.state, 'send', 'a test')).release();
    const lock = join(place.state, 'send.lock');
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), boot: '', started: '' }));
    await (await takeLock(place.state, 'send', 'a test')).release();
    writeFileSync(
      lock,
      JSON.stringify({ pid: process.pid, host: hostname(), boot: 'another', started: '1' }),
    );
    await (await takeLock(place.state, 'send', 'a test')).release();
    expect(readdirSync(place.state)).toEqual(['send.last']);
  });
});

describe('the frozen plan', () => {
  const plan: SendPlan = {
    recipients: [
      { contact: 'a', ref: 'n-a', name: 'A', address: 'A@example.it', canonical: 'a@example.it', body: '*' },
    ],
    leftOut: [{ contact: 'b', ref: 'n-b', name: 'B', reason: 'suppressed', detail: 'manual' }],
  };
  const header = { content_sha256: 'c0ffee', query: 'kind:contact', at, by: 'anna' };

  it('comes back as it was, and is frozen once', async () => {
    expect(await readPlan(place.folder)).toBeUndefined();
    await freezePlan(place.folder, header, plan);
    expect(await readPlan(place.folder)).toEqual({ header, ...plan });
    await expect(freezePlan(place.folder, header, plan)).rejects.toMatchObject({ code: 'conflict' });
    expect(readdirSync(place.folder)).toEqual(['plan.jsonl']);
    expect((await readJournals(place.folder)).torn).toEqual([]);
  });

  it('is refused when lines are gone or were changed', async () => {
    await freezePlan(place.folder, header, plan);
    const path = join(place.folder, 'plan.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, `${lines.slice(0, 2).join('\n')}\n`);
    await expect(readPlan(place.folder)).rejects.toMatchObject({ code: 'invalid' });
    writeFileSync(path, lines.join('\n').replace('"a@', '"z@'));
    await expect(readPlan(place.folder)).rejects.toMatchObject({ code: 'invalid', line: 2 });
  });

  it('holds for one text only', () => {
    expect(() => requireSameContent(header, 'c0ffee')).not.toThrow();
    expect(() => requireSameContent(header, 'other')).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});
