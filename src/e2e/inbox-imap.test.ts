import { chownSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cuttingProxy } from './cutting-proxy.js';
import { type Account, dovecot, runDovecot } from './dovecot.js';
import { type Place, workspace } from './harness.js';
import { monthMails, monthPeople } from './month.js';

const [messages, people, early] = [5000, 1500, 1500];
const env = { ITACA_IMAP_PASSWORD: 's3cret' };

describe.skipIf(!dovecot)('a month of messages on a server (skipped: no dovecot)', () => {
  it('is on file once, though it is cut, renumbered, and pulled by two; what is taken out is named', async () => {
    const account = (await runDovecot()).account('info');
    const dice = chance(11);
    const proxy = await cuttingProxy(account.port, () => 300_000 + dice(600_000));
    const place = await firm(proxy.port);
    const mails = [...monthMails(messages, people)];
    const pull = () => place.itaca(['inbox', 'pull', '--json'], { env });
    const reconcile = async (...args: string[]) => {
      const run = await place.itaca(['inbox', 'reconcile', '--json', ...args], { env });
      const { findings, ...counts } = run.json as { findings: Finding[]; [key: string]: unknown };
      // Strangers wait, since days.
      return { code: run.code, counts, findings: findings.filter(({ problem }) => problem !== 'overdue') };
    };

    deliver(account, mails.slice(0, early), 0);
    expect((await pull()).json).toMatchObject({ received: early, again: 0, failed: [] });
    renumber(account.maildir);
    deliver(account, mails.slice(early), early);
    const both = await Promise.all([pull(), pull()]);
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const sums = both.map(({ json }) => json as Record<string, number>);
    const total = (key: string) => sums.reduce((all, one) => all + (one[key] ?? 0), 0);
    expect([total('received'), total('again')]).toEqual([messages, early]);
    expect(proxy.connections()).toBeGreaterThan(5);

    const received = ledger(place).filter(({ event }) => event === 'received');
    expect(new Set(received.map(({ message }) => message)).size).toBe(messages);
    expect(received).toHaveLength(messages);
    expect(place.files('attachments/mail')).toHaveLength(messages);
    // The clock of each begins on the day on which it arrived.
    const days = received.map(({ received_at }) => received_at.slice(0, 10));
    expect([days[0], new Set(days).size]).toEqual(['2026-11-01', 19]);
    for (const source of [[], ['info']]) {
      const { counts, findings } = await reconcile(...source);
      expect(findings).toEqual([]);
      expect(counts).toMatchObject({ received: messages, unaccounted: 0, compared: source });
    }
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect(await place.git('status', '--porcelain')).toBe('');
    expect((await pull()).json.received).toBe(0);

    const filed = ledger(place).find(({ records = [] }) => records.length > 0) as Line;
    const { path, message: id } = received.find(({ message }) => message === filed.message) as Line;
    const [ref = '-'] = filed.records ?? [];
    const interaction = place.files('interactions').find((one) => one.includes(ref)) as string;
    const book = place.files('inbox')[0] as string;
    const without = (text: string) =>
      text
        .split('\n')
        .filter((line) => !line.includes(`"message":"${id}"`))
        .join('\n');
    for (const [taken, rest, problem] of [
      [path, undefined, 'missing_file'],
      [interaction, undefined, 'missing_record'],
      [book, without, 'missing_line'],
    ] as const) {
      const whole = place.read(taken);
      if (rest) place.write(taken, rest(whole));
      else rmSync(place.path(taken));
      const { code, findings } = await reconcile();
      expect([code, findings.map((one) => one.problem)]).toEqual([1, expect.arrayContaining([problem])]);
      expect(findings.map((one) => one.id)).toContain(id);
      place.write(taken, whole);
    }
    expect((await reconcile()).findings).toEqual([]);
  });
});

interface Finding {
  id: string | null;
  problem: string;
}
interface Line {
  event: string;
  message: string;
  path: string;
  received_at: string;
  records?: string[];
}

async function firm(port: number): Promise<Place> {
  const place = await workspace();
  for (const [path, text] of Object.entries(monthPeople(people))) place.write(path, text);
  const source = `info: {imap: {host: 127.0.0.1, port: ${port}, secure: false, user: info}}`;
  place.edit('itaca.yaml', 'version: 1', `version: 1\ninbox:\n  sources:\n    ${source}`);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

function ledger(place: Place): Line[] {
  return place
    .files('inbox')
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line) as Line);
}

/** Puts messages into the mailbox, each on the day of November on which it arrived. */
function deliver(account: Account, mails: readonly string[], first: number): void {
  for (const [at, text] of mails.entries()) {
    const i = first + at;
    const name = `${1_700_000_000 + i}.m`;
    account.deliver(name, text);
    const arrived = new Date(Date.UTC(2026, 10, 1 + (i % 19), 8, i % 60));
    utimesSync(join(account.maildir, 'new', name), arrived, arrived);
  }
}

/** Makes the server give its messages new numbers. */
function renumber(maildir: string): void {
  for (const name of readdirSync(maildir)) if (name.startsWith('dovecot')) rmSync(join(maildir, name));
  const list = join(maildir, 'dovecot-uidlist');
  writeFileSync(list, '3 V1234567890 N1\n');
  const { uid, gid } = statSync(maildir);
  chownSync(list, uid, gid);
}

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % most;
  };
}
