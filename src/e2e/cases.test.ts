import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, type Run, session, terminal, workspace } from './harness.js';

const mario = 'mario@example.it';

/** A workspace in which anna works, where nobody else is named. */
class Firm extends Place {
  override get env(): Record<string, string> {
    return { ...super.env, ITACA_ACTOR: 'anna' };
  }
}

/** A firm of two offices: anna, the head, and dino in one; carla, who reports to anna, in the other. */
async function firm(): Promise<Place> {
  const { root, home } = await workspace();
  const place = new Firm(root, home);
  place.edit(
    'itaca.yaml',
    '\noffices:\n',
    '\n  dino:\n    name: Dino\n    office: main\n    reports_to: anna\n  carla:\n    name: Carla\n    office: press\n    reports_to: anna\n\noffices:\n  press:\n    name: Press\n',
  );
  await place.git('commit', '-qam', 'Members');
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', mario);
  await place.ok('contact', 'add', '--name', 'Anna Bianchi', '--email', 'bianchi@example.it');
  return place;
}

const at = (place: Place, now: string, args: string[], as?: string) =>
  place.itaca([...args, ...(as ? ['--as', as] : [])], { env: { ITACA_NOW: now } });

async function done(run: Promise<Run>): Promise<Run> {
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}${stdout}`);
  return run;
}

/** Opens a complaint of Mario's and gives its id. */
async function opened(place: Place, title = 'Books never arrived', ...more: string[]): Promise<string> {
  const args = ['case', 'open', title, '--contact', mario, '--type', 'complaint', '--json', ...more];
  return (await place.ok(...args)).json.id;
}

const shown = async (place: Place, id: string) => (await place.ok('case', 'show', id, '--json')).json;

/** Runs a command first dry, which writes nothing, and then for good, in one commit. */
async function wet(place: Place, ...args: string[]) {
  const [before, commits] = [place.tree(), await place.commits()];
  const dry = await place.ok(...args, '--dry-run', '--json');
  expect(place.tree()).toEqual(before);
  expect(await place.commits()).toBe(commits);
  const run = await place.ok(...args, '--json');
  expect(await place.commits()).toBe(commits + 1);
  expect(await place.git('status', '--porcelain')).toBe('');
  expect(Object.keys(dry.json)).toEqual(Object.keys(run.json));
  return run.json;
}

async function refused(place: Place, code: number, ...args: string[]) {
  const before = place.tree();
  const run = await place.itaca([...args, '--json']);
  expect([args.join(' '), run.code, run.stdout]).toEqual([args.join(' '), code, '']);
  expect(place.tree()).toEqual(before);
  return run.error;
}

describe.concurrent('the life of a case', () => {
  it('goes by its verbs, each of them dry first', async () => {
    const place = await firm();
    const note = ['--channel', 'fax', '--note', 'Ten of them', '--priority', 'high'];
    const { id } = await wet(
      ...([place, 'case', 'open', 'Books never arrived', '--contact', mario] as const),
      ...['--type', 'complaint', ...note],
    );
    expect(await shown(place, id)).toMatchObject({ state: 'new', priority: 'high', office: 'main' });
    expect((await place.ok('case', 'list', '--json')).json).toMatchObject([
      { id, due_for: 'first_response' },
    ]);

    expect(await wet(place, 'case', 'assign', id, 'dino', '--why', 'shelves')).toMatchObject({
      owner: 'dino',
    });
    expect(await shown(place, id)).toMatchObject({ waiting_for: ['dino'] });
    const mine = await wet(place, 'case', 'accept', id, '--as', 'dino');
    expect(mine).toMatchObject({ state: 'open', owner: 'dino' });
    expect(mine.history.at(-1)).toMatchObject({ from: 'new', to: 'open', by: 'dino' });
    expect(await shown(place, id)).toMatchObject({ waiting_for: [] });

    const reply = await wet(
      place,
      'case',
      'reply',
      id,
      'They left',
      '--promise',
      'ring',
      '--due',
      '2026-11-24',
    );
    expect(reply).toMatchObject({
      interaction: { direction: 'outbound', channel: 'fax', note: 'They left' },
      promise: { what: 'ring', due: '2026-11-24' },
    });
    expect((await wet(place, 'case', 'wait', id, '--why', 'order number')).history.at(-1)).toMatchObject({
      to: 'waiting_customer',
      why: 'order number',
    });
    expect((await wet(place, 'case', 'reopen', id)).state).toBe('open');
    expect((await wet(place, 'case', 'wait', id, '--on', 'carla')).state).toBe('waiting_internal');
    expect((await shown(place, id)).waiting_for).toEqual(['carla']);
    expect((await wet(place, 'case', 'escalate', id, '--why', 'papers')).history.at(-1)).toMatchObject({
      activity: 'escalate',
      level: '1',
      notify: 'anna',
    });
    expect((await shown(place, id)).level).toBe(1);
    expect(
      await wet(
        place,
        'case',
        'resolve',
        id,
        '--cause',
        'supplier',
        '--remedy',
        'a book',
        '--cost',
        '18,00 EUR',
      ),
    ).toMatchObject({ state: 'resolved', remedy: { what: 'a book', cost: { amount: '18.00' } } });
    await place.ok('log', 'phone', mario, 'they are here', '--in', '--case', id);
    const closed = await wet(place, 'case', 'close', id, '--confirmed');
    expect(closed.confirmed_by_customer).toMatch(/-[0-9a-z]{10}$/);
    expect((await place.ok('case', 'list', '--json')).json).toEqual([]);
    expect((await place.ok('case', 'list', '--all', '--json')).json).toHaveLength(1);

    const dossier = (await place.ok('case', 'dossier', id)).stdout;
    for (const said of [
      'Ten of them',
      'They left',
      'promised: ring',
      'moved to waiting\\_customer',
      'papers',
    ])
      expect(dossier).toContain(said);
    const out = place.path('dossier.md');
    expect((await place.itaca(['case', 'dossier', id, '-o', out, '-n'])).code).toBe(0);
    expect(place.files()).not.toContain('dossier.md');
    await place.ok('case', 'dossier', id, '-o', out);
    expect(place.read('dossier.md')).toBe(dossier);
    expect((await place.itaca(['case', 'dossier', id, '-o', out])).code).toBe(5);
    expect((await place.itaca(['check'])).stdout).toBe('');
  });

  it('refuses a move that is none, and names those that are', async () => {
    const place = await firm();
    const id = await opened(place);
    const error = await refused(place, 6, 'case', 'close', id);
    expect(error.message).toBe(
      'this case is new and cannot become closed: from new it can go to open, resolved, rejected',
    );
    const other = await opened(place, 'Invoice is wrong');
    await place.ok('case', 'resolve', other, '--cause', 'tool');
    expect((await refused(place, 6, 'case', 'close', other)).message).toContain('no answer has left yet');
    await place.ok('case', 'reject', id, '--why', 'spam');
    expect((await refused(place, 6, 'case', 'wait', id)).message).toContain(
      'from rejected it can go to open',
    );
    expect((await refused(place, 6, 'case', 'escalate', id, '--why', 'x')).hint).toContain('case reopen');
  });

  it('says what is wrong with what was typed, and writes nothing', async () => {
    const place = await firm();
    const id = await opened(place);
    const usage: string[][] = [
      ['open', 'x', '--owner', 'nobody'],
      ['open', 'x', '--office', 'moon'],
      ['open', 'x', '--channel', 'pigeon'],
      ['open', 'x', '--at', '2026-12-24'],
      ['open', 'x', '--at', 'whenever'],
      ['assign', id, 'nobody'],
      ['assign', id, 'constructor'],
      ['escalate', id],
      ['escalate', id, '--why', 'x', '--to', 'nobody'],
      ['escalate', id, '--why', 'x', '--level', '0'],
      ['wait', id, '--on', 'nobody'],
      ['reply', id, 'x', '--channel', 'pigeon'],
      ['reply', id, 'x', '--due', 'fri'],
      ['reply', id, 'x', '--minutes', 'Infinity'],
      ['reply', id, 'x', '--channel', 'email', '--confirms'],
      ['reply', id, 'x', '--channel', 'phone', '--outcome', 'busy', '--wait'],
      ['resolve', id, '--cost', '1.500 EUR'],
      ['link', id, mario, '--corrective-action'],
    ];
    for (const args of usage) await refused(place, 2, 'case', ...args);
    for (const verb of [
      'show',
      'accept',
      'resolve',
      'close',
      'reopen',
      'reject',
      'unmerge',
      'dossier',
      'wait',
    ])
      await refused(place, 3, 'case', verb, 'k3f9w2q8ab');
    await refused(place, 3, 'case', 'open', 'x', '--contact', 'nobody@example.it');
    await refused(place, 3, 'case', 'merge', id, 'k3f9w2q8ab');
    await refused(place, 5, 'case', 'unmerge', id);
    await refused(place, 6, 'case', 'merge', id, id);
    await place.ok('case', 'assign', id, 'dino');
    await refused(place, 5, 'case', 'accept', id, '--as', 'carla');
    await place.ok('case', 'escalate', id, '--why', 'x', '--level', '3');
    await refused(place, 5, 'case', 'escalate', id, '--why', 'x', '--level', '2');
    await refused(place, 5, 'case', 'link', id, 'bianchi@example.it');
    await refused(place, 6, 'case', 'link', id, id);
  });

  it('is not closed by what the customer asked for', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('log', 'email', mario, 'where are they?', '--in', '--case', id);
    const later = '2026-11-20T11:00:00Z';
    await done(at(place, later, ['case', 'reply', id, 'On their way', '--channel', 'email']));
    await done(at(place, later, ['case', 'resolve', id, '--cause', 'tool']));
    expect((await refused(place, 3, 'case', 'close', id, '--confirmed')).message).toContain(
      'since he was answered',
    );
    const [question, answer] = ['inbound', 'outbound'].map(
      (direction) => (one: { direction: string }) => one.direction === direction,
    );
    const { timeline } = await shown(place, id);
    await refused(place, 2, 'case', 'close', id, '--confirmed', timeline.find(answer).ref);
    await refused(place, 6, 'case', 'close', id, '--confirmed', timeline.find(question).ref);
    await done(at(place, '2026-12-04T11:00:00Z', ['case', 'close', id]));
  });

  it('becomes that of who answers, and waits for the customer again and again', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('case', 'accept', id);
    await place.ok('case', 'assign', id, 'press');
    expect(await shown(place, id)).toMatchObject({ office: 'press', waiting_for: ['press'] });
    expect((await shown(place, id)).owner).toBeUndefined();
    const run = await place.ok('case', 'reply', id, 'Which order?', '--wait', '--as', 'carla', '--json');
    expect(run.json).toMatchObject({ owner: 'carla', state: 'waiting_customer' });
    const again = await place.ok('case', 'reply', id, 'Still there?', '--wait', '--as', 'carla', '--json');
    expect(again.json.state).toBe('waiting_customer');
    const { clocks, waiting_for } = await shown(place, id);
    expect(waiting_for).toEqual([]);
    const clock = (name: string) => clocks.filter((one: { clock: string }) => one.clock === name);
    expect(clock('hand_over')).toMatchObject([{ who: 'press', state: 'met' }]);
    expect(clock('resolution')).toMatchObject([{ paused: true }]);
  });

  it('tells an attempt from an answer', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('case', 'reply', id, '--channel', 'phone', '--outcome', 'no_answer');
    const { history, due_for } = await shown(place, id);
    expect(history.at(-1)).toMatchObject({ to: 'open', why: 'tried to answer' });
    expect(due_for).toBe('first_response');
  });

  it('given to an office is accepted by whoever takes it, in every list', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('case', 'assign', id, 'press');
    const waiting = async () => (await place.ok('due', '--office', 'press', '--json')).json;
    expect(await waiting()).toMatchObject([
      { kind: 'hand_over', by: 'press' },
      { kind: 'case', by: null },
    ]);
    const late = '2026-11-24T10:00:00Z';
    const gaps = async () =>
      (await done(at(place, late, ['report', 'gaps', '--office', 'press', '--json']))).json.map(
        ({ gap, who }: { gap: string; who: string | null }) => [gap, who],
      );
    expect(await gaps()).toContainEqual(['hand_over', 'press']);
    await place.ok('case', 'accept', id, '--as', 'carla');
    expect(await waiting()).toMatchObject([{ kind: 'case', by: 'carla' }]);
    expect((await gaps()).map(([gap]: [string]) => gap)).not.toContain('hand_over');
    expect((await place.ok('status', '--json')).json.not_accepted).toEqual([]);
  });
});

describe.concurrent('files that come with a case', () => {
  it('are kept by their hash, once, under names that lead nowhere', async () => {
    const place = await firm();
    const away = folder();
    const names = ['scan.pdf', '.hidden', "a b'; rm -rf $HOME.PDF", '…è.tar.gz', `${'x'.repeat(200)}.txt`];
    for (const name of names) writeFileSync(join(away, name), `the file ${name}`);
    mkdirSync(join(away, '-n'));
    writeFileSync(join(away, '-n', '--force.md'), '---\nname: x\n---\n');
    const files = [...names, '-n/--force.md', 'scan.pdf', '-n/../scan.pdf'].map((name) => join(away, name));
    const { id, attachments } = await wet(
      ...([place, 'case', 'open', 'Broken', '--contact', mario, '--type', 'complaint'] as const),
      ...files.flatMap((file) => ['--attach', file]),
    );
    expect(attachments).toHaveLength(names.length + 1);
    expect(place.files('attachments')).toHaveLength(names.length + 1);
    for (const { path, sha256 } of attachments) {
      expect(path).toMatch(/^attachments\/2026-11-20-[a-z0-9-]+-[0-9a-f]{8}[.a-z0-9]*$/);
      expect(createHash('sha256').update(place.read(path)).digest('hex')).toBe(sha256);
    }
    const [scan] = attachments;
    expect(await wet(place, 'case', 'reply', id, 'x', '--attach', files[0] as string)).toMatchObject({
      interaction: { attachments: [scan] },
    });
    expect(place.files('attachments')).toHaveLength(names.length + 1);
    expect((await place.ok('case', 'dossier', id)).stdout).toContain(`SHA-256 \`${scan.sha256}\``);

    // Changed where it lies: the new one does not stand for it, nor it for the new one.
    place.write(scan.path, 'changed by hand');
    const { json } = await place.ok('log', 'letter', mario, 'x', '--attach', files[0] as string, '--json');
    expect(json.attachments[0]).toMatchObject({
      sha256: scan.sha256,
      path: expect.stringContaining(scan.sha256),
    });
    expect(place.read(scan.path)).toBe('changed by hand');
  });

  it('are not kept where anything else is refused', async () => {
    const place = await firm();
    const id = await opened(place);
    const file = join(folder(), 'a.txt');
    writeFileSync(file, 'x');
    await refused(place, 3, 'case', 'reply', id, 'x', '--attach', file, '--attach', `${file}.missing`);
    await refused(place, 4, 'case', 'open', 'x', '--attach', folder());
    await refused(
      place,
      2,
      'case',
      'reply',
      id,
      'x',
      '--attach',
      file,
      '--promise',
      'p',
      '--due',
      'whenever',
    );
    await place.ok('case', 'reject', id);
    await refused(place, 6, 'case', 'reply', id, 'x', '--attach', file, '--wait');
    await refused(place, 3, 'log', 'phone', mario, 'x', '--attach', file, '--keeps', 'k3f9w2q8ab');
    expect(place.files('attachments').filter((path) => path.endsWith('.txt'))).toEqual([]);
  });
});

describe.concurrent('one more word about an open case', () => {
  it('joins it where it reads alike, and opens one where it does not', async () => {
    const place = await firm();
    const id = await opened(place);
    const open = ['case', 'open', '--contact', mario, '--type', 'complaint', '--channel', 'letter'];
    const joined = await wet(place, ...open, 'The books I ordered never arrived', '--join');
    expect(joined).toMatchObject({ id, joined: { channel: 'letter', direction: 'inbound' } });
    const other = await wet(place, ...open, 'Invoice is wrong', '--join');
    expect(other.id).not.toBe(id);
    const named = await wet(place, ...open, 'A wholly other matter', '--join', id);
    expect(named.id).toBe(id);
    expect((await place.ok('case', 'list', '--json')).json).toHaveLength(2);
    expect((await shown(place, id)).timeline).toHaveLength(2);
    const warned = await place.itaca([...open, 'Books never arrived again', '--json']);
    expect(warned.json.alike[0]).toContain(id);
    expect(warned.stderr).toContain('itaca case merge');
    const stranger = [
      'case',
      'open',
      'Books never arrived',
      '--contact',
      'bianchi@example.it',
      '--join',
      '--json',
    ];
    expect((await place.ok(...stranger)).json.joined).toBeUndefined();
  });

  it('does not join one that is done, or that was merged', async () => {
    const place = await firm();
    const [id, other] = [await opened(place), await opened(place, 'Invoice')];
    await place.ok('case', 'reject', id);
    expect((await refused(place, 6, 'case', 'open', 'x', '--join', id)).hint).toContain('case reopen');
    expect((await refused(place, 6, 'case', 'merge', other, id)).hint).toContain('case reopen');
    await place.ok('case', 'merge', id, other);
    expect((await refused(place, 6, 'case', 'open', 'x', '--join', id)).hint).toContain('unmerge');
  });

  it('on a terminal is asked about, and so is the playbook', async (context) => {
    const place = await firm();
    await opened(place);
    const open = ['-C', place.root, 'case', 'open', '--contact', mario, '--type', 'complaint'];
    const asked = ['Che cosa è', 'Da quando', 'Di quale', 'Che cosa rimed'];
    const answers = asked.map((shown, n) => [shown, n === 1 ? '\r' : `answer ${n}\r`] as const);
    const run = await session([...open, 'Books never arrived, again'], [['Join it?', 'n\r'], ...answers], {
      env: place.env,
    });
    if (!run) return context.skip();
    expect(run.code).toBe(0);
    const cases = (await place.ok('case', 'list', '--json')).json;
    const second = cases.find(({ title }: { title: string }) => title.endsWith('again'));
    const { note, playbook } = await shown(place, second.id);
    expect(note).toContain('answer 0');
    expect(playbook.questions.map((one: { asked: boolean }) => one.asked)).toEqual([true, false, true, true]);
    await session([...open, 'Where are the books that never arrived?'], [['Join it?', 'y\r'], ...answers], {
      env: place.env,
    });
    expect((await place.ok('case', 'list', '--json')).json).toHaveLength(2);
  });
});

async function cloned(a: Place): Promise<Place> {
  const remote = join(folder(), 'team.git');
  mkdirSync(remote);
  await git(remote, 'init', '-q', '--bare', '-b', 'main');
  await a.git('branch', '-M', 'main');
  await a.git('remote', 'add', 'origin', remote);
  await a.git('push', '-q', '-u', 'origin', 'main');
  const home = folder();
  await git(home, 'clone', '-q', remote, 'W');
  return new Firm(join(home, 'W'), home);
}

describe.concurrent('cases that are one', () => {
  it('have the earliest clock in every clone, until another clone takes it back', async () => {
    const a = await firm();
    const first = await opened(a, 'Books never arrived', '--at', '2026-11-18 10:00', '--channel', 'letter');
    const second = await opened(a, 'By fax: no books', '--channel', 'fax');
    const b = await cloned(a);
    const due = async (place: Place, id: string) => (await shown(place, id)).clocks[0].started_at;
    expect(await due(a, second)).toBe('2026-11-20T11:00:00+01:00');
    expect(await wet(a, 'case', 'merge', first, second)).toMatchObject({
      merged: expect.stringContaining(first),
      survivor: expect.stringContaining(second),
    });
    expect(await due(a, second)).toBe('2026-11-18T10:00:00+01:00');
    await b.ok('case', 'reply', second, 'On their way', '--channel', 'email');
    await b.ok('log', 'phone', mario, 'when?', '--in', '--case', first);
    for (const place of [a, b, a]) await place.ok('sync');
    expect(await due(b, second)).toBe('2026-11-18T10:00:00+01:00');
    const { merged, timeline } = await shown(b, second);
    expect(merged).toEqual([expect.stringContaining(first)]);
    expect(timeline.filter(({ kind }: { kind: string }) => kind === 'interaction')).toHaveLength(2);
    expect((await b.ok('case', 'list', '--json')).json).toHaveLength(1);
    expect((await refused(b, 6, 'case', 'reply', first, 'x')).hint).toContain('unmerge');
    // The one answer is counted once.
    const [level] = (await b.ok('report', 'sla', '--json')).json.groups;
    expect(level).toMatchObject({ clock: 'first_response', met: 0, breached: 1, due: 0 });

    await wet(b, 'case', 'unmerge', first);
    for (const place of [b, a]) await place.ok('sync');
    expect(await due(a, second)).toBe('2026-11-20T11:00:00+01:00');
    expect(await shown(a, first)).toMatchObject({ state: 'new', overdue: true, merged: [] });
    expect((await a.itaca(['check'])).stdout).toBe('');
  });

  it('merged into each other by two clones are named by check, and one of them stands again', async () => {
    const a = await firm();
    const [first, second] = [await opened(a, 'One'), await opened(a, 'Two')];
    const b = await cloned(a);
    await a.ok('case', 'merge', first, second);
    await b.ok('case', 'merge', second, first);
    for (const place of [a, b, a]) await place.ok('sync');
    const run = await a.itaca(['check', '--json']);
    expect(run.code).toBe(1);
    expect(run.json).toMatchObject([{ message: expect.stringContaining('were merged into each other') }]);
    for (const id of [first, second]) await shown(a, id);
    await a.ok(...(run.json[0].hint as string).replace('to settle it: itaca ', '').split(' '));
    expect((await a.itaca(['check'])).stdout).toBe('');
    expect((await a.ok('case', 'list', '--json')).json).toHaveLength(1);
  });

  it('are not those of two customers', async () => {
    const place = await firm();
    const id = await opened(place);
    const other = ['case', 'open', 'Books never arrived', '--contact', 'bianchi@example.it', '--json'];
    const error = await refused(place, 6, 'case', 'merge', (await place.ok(...other)).json.id, id);
    expect(error.hint).toContain('case link');
  });
});

describe.concurrent('what a case is tied to', () => {
  it('is its order, a call, another case, each of them once', async () => {
    const place = await firm();
    const [id, other] = [await opened(place), await opened(place, 'Invoice')];
    place.write('orders/x-00000000f2.md', '---\nnumber: 26-0834\nplaced_at: 2026-11-01\n---\n');
    await place.git('add', '-A');
    await place.git('commit', '-qm', 'An order');
    const call = (await place.ok('log', 'phone', mario, 'x', '--in', '--json')).json;
    const { linked } = await wet(place, 'case', 'link', id, '26-0834', call.id, other, other);
    expect(linked).toHaveLength(4);
    const { order, related, timeline } = await shown(place, id);
    expect([order, related.length, timeline.map((one: { id: string }) => one.id)]).toEqual([
      'x-00000000f2',
      1,
      expect.arrayContaining([call.id]),
    ]);
    await place.ok('case', 'link', id, '26-0834', other);
    expect((await shown(place, id)).related).toHaveLength(1);
    expect((await place.ok('case', 'list', 'order:x', '--json')).json).toHaveLength(1);
  });

  it('is the corrective action, whose audience are those who complained', async () => {
    const place = await firm();
    for (const name of ['carlo', 'dora'])
      await place.ok('contact', 'add', '--name', name, '--email', `${name}@example.it`);
    const ids = await Promise.all(
      [mario, 'bianchi@example.it', 'carlo@example.it'].map(async (who) => {
        const run = await place.ok('case', 'open', `Late ${who}`, '--contact', who, '--json');
        return run.json.id as string;
      }),
    );
    const note = (
      await place.ok('log', 'note', '--warns', ids[0] as string, 'we weigh every parcel now', '--json')
    ).json;
    for (const id of ids.slice(0, 2)) await wet(place, 'case', 'link', id, note.id, '--corrective-action');
    const found = async (query: string) =>
      (await place.ok('contact', 'list', query, '--json')).json
        .map(({ name }: { name: string }) => name)
        .sort();
    expect(await found(`case.corrective_action:${note.id}`)).toEqual(['Anna Bianchi', 'Mario Rossi']);
    expect(await found(`not:case.corrective_action:${note.id}`).catch(() => 'unknown')).toBeDefined();
    await place.ok('case', 'reject', ids[1] as string);
    expect(await found(`case.state:rejected`)).toEqual(['Anna Bianchi']);
    expect(await found(`no:case.corrective_action`)).toEqual(['carlo']);
    const run = await place.itaca(['contact', 'list', 'case.nothing:x', '--json']);
    expect(run.code).toBe(2);
    // The warning stands in what it warns of.
    const { timeline } = await shown(place, ids[0] as string);
    expect(timeline).toContainEqual(
      expect.objectContaining({ id: note.id, warns: [expect.stringContaining(ids[0] as string)] }),
    );
    expect((await place.ok('case', 'dossier', ids[0] as string)).stdout).toContain(
      'we weigh every parcel now',
    );
  });
});

describe.concurrent('what is due and what is missing', () => {
  it('is told of every kind, by who has to do it and by when', async () => {
    const place = await firm();
    await opened(place, 'Late', '--owner', 'dino');
    await place.ok('log', 'phone', mario, 'x', '--promise', 'ring', '--due', '2026-11-21', '--as', 'carla');
    const person = (name: string, touch: string) =>
      `---\nname: ${name}\nkeep_in_touch: ${touch}\nowner: carla\n---\n`;
    place.write('contacts/never-00000000a1.md', person('Never', 'P30D'));
    place.write('contacts/broken-00000000a2.md', person('Broken', 'now and then'));
    place.write(
      'agreements/a-00000000a3.md',
      '---\nnumber: A1\nkind: service\nstate: active\nend: 2026-12-10\n---\n',
    );
    place.write('agreements/b-00000000a4.md', '---\nnumber: B1\nstate: active\nend: 2026-13-45\n---\n');
    const due = async (...more: string[]) => {
      const { json } = await done(at(place, '2026-11-23T17:00:00Z', ['due', '--json', ...more]));
      return json.map(({ kind, by }: { kind: string; by: string | null }) => `${kind} ${by}`);
    };
    const all = ['promise carla', 'case dino', 'hand_over dino', 'keep_in_touch carla', 'renewal null'];
    expect((await due()).sort()).toEqual([...all].sort());
    expect((await due('--mine', '--as', 'dino')).sort()).toEqual(['case dino', 'hand_over dino']);
    expect((await due('--office', 'press')).sort()).toEqual(['keep_in_touch carla', 'promise carla']);
    expect((await due('--overdue')).sort()).toEqual(['case dino', 'hand_over dino', 'promise carla']);
    expect(await due('--within', '3d')).not.toContain('renewal null');
    expect((await place.itaca(['due', '--office', 'moon'])).code).toBe(2);
    const { json: status } = await done(at(place, '2026-11-23T17:00:00Z', ['status', '--json']));
    expect(status.late).toHaveLength(3);
    expect(status.not_accepted).toMatchObject([{ who: 'dino' }]);
    expect(status.unanswered).toMatchObject([{ what: 'Late', overdue: true }]);
    expect(status.unowned).toEqual([]);
  });

  it('is grouped by whatever tells cases apart', async () => {
    const place = await firm();
    const id = await opened(place, 'Late', '--owner', 'dino', '--channel', 'fax');
    await opened(place, 'Later', '--priority', 'urgent');
    const later = (...args: string[]) => done(at(place, '2026-11-24T10:00:00Z', [...args, '--json']));
    await later('case', 'reply', id, 'x', '--as', 'dino');
    for (const key of ['office', 'channel', 'type', 'month', 'owner', 'priority']) {
      const { groups } = (await later('report', 'sla', '--group-by', key)).json;
      const first = groups.filter(({ clock }: { clock: string }) => clock === 'first_response');
      const total = first.reduce((all: number, one: { breached: number }) => all + one.breached, 0);
      expect([key, total]).toEqual([key, 2]);
      expect(String(groups[0][key])).toMatch(/main|fax|null|complaint|2026-11|dino|normal|urgent/);
    }
    const by = async (key: string) => (await later('report', 'cases', '--group-by', key)).json;
    expect(await by('owner')).toMatchObject([
      { owner: 'dino', open: 1 },
      { owner: null, open: 1, overdue: 1 },
    ]);
    expect(await by('age')).toMatchObject([{ age: 'up to a week', open: 2 }]);
    expect((await later('report', 'gaps')).json.map(({ gap }: { gap: string }) => gap)).toEqual([
      'first_response',
    ]);
    const period = (await later('report', 'gaps', '--since', '2026-11-01')).json;
    expect(
      period
        .map(({ gap, done_at }: { gap: string; done_at: string | null }) => [gap, done_at !== null])
        .sort(),
    ).toEqual([
      ['first_response', false],
      ['first_response', true],
      ['hand_over', true],
    ]);
    expect((await place.itaca(['report', 'sla', '--group-by', 'moon'])).code).toBe(2);
    expect(
      (await place.itaca(['report', 'gaps', '--fail-if-any'], { env: { ITACA_NOW: '2026-11-24T10:00:00Z' } }))
        .code,
    ).toBe(1);
  });
});

describe.concurrent('what a customer says of a case that is done', () => {
  it('does not go unseen: it is unanswered, and the case is not closed over it', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('case', 'reply', id, 'They left today', '--channel', 'email');
    await place.ok('case', 'resolve', id, '--cause', 'tool');
    const monday = (...args: string[]) => at(place, '2026-11-23T09:00:00Z', args);
    const logged = await monday('log', 'email', mario, 'the wrong ones', '--in', '--case', id);
    expect(logged).toMatchObject({ code: 0, stderr: expect.stringContaining('case reopen') });
    const later = (...args: string[]) => done(at(place, '2026-11-25T09:00:00Z', [...args, '--json']));
    expect((await later('status')).json.unanswered).toMatchObject([{ channel: 'email', overdue: true }]);
    expect((await later('report', 'gaps')).json).toMatchObject([{ gap: 'answer', for: 'Mario Rossi' }]);
    const closing = await at(place, '2026-12-24T09:00:00Z', ['case', 'close', id, '--json']);
    expect(closing.code).toBe(6);
    expect(closing.error.message).toContain('he has written since it was resolved');
    const added = (await later('case', 'resolve', id, '--remedy', 'a book')).json;
    expect(added).toMatchObject({ state: 'resolved', cause: 'tool', remedy: { what: 'a book' } });
    await done(at(place, '2026-11-25T10:00:00Z', ['case', 'reply', id, 'Sorry', '--channel', 'email']));
    expect((await later('status')).json.unanswered).toEqual([]);
  });

  it('is shown before it is taken for a yes', async () => {
    const place = await firm();
    const id = await opened(place);
    await place.ok('case', 'reply', id, 'They left today', '--channel', 'email');
    await place.ok('case', 'resolve', id, '--cause', 'tool');
    const today = (...args: string[]) => done(at(place, '2026-11-23T09:00:00Z', args));
    await today('log', 'phone', mario, 'All there, thank you', '--in', '--case', id);
    const closed = await terminal(['-C', place.root, 'case', 'close', id, '--confirmed'], {
      env: { ...place.env, ITACA_NOW: '2026-11-23T10:00:00Z' },
    });
    if (closed) expect(closed.stdout).toContain('confirmed on 2026-11-23 10:00: “All there, thank you”');
  });
});

it('names of nobody are no filter that finds nothing', async () => {
  const place = await firm();
  for (const args of [
    ['report', 'cases', '--owner', 'zed'],
    ['report', 'gaps', '--office', 'zed'],
    ['due', '--office', 'zed'],
  ])
    expect((await place.itaca([...args, '--json'])).error).toMatchObject({ code: 'usage' });
  const id = await opened(place, 'Late', '--owner', 'dino');
  expect((await place.itaca(['case', 'assign', id, 'dino', '--json'])).code).toBe(5);
});

it('a merge in one clone and an answer in another are no conflict', async () => {
  const place = await firm();
  const [first, second] = [await opened(place), await opened(place, 'Lamp is broken')];
  const [remote, other] = [`${place.home}/remote.git`, `${place.home}/other`];
  await git(place.root, 'clone', '-q', '--bare', place.root, remote);
  await git(place.root, 'remote', 'add', 'origin', remote);
  await git(place.root, 'push', '-q', '-u', 'origin', 'HEAD');
  await git(place.root, 'clone', '-q', remote, other);
  const clone = new Firm(other, place.home);
  await done(at(place, '2026-11-20T11:00:00Z', ['case', 'merge', second, first]));
  await done(at(clone, '2026-11-20T12:00:00Z', ['case', 'reply', second, 'We look', '--channel', 'email']));
  await place.ok('sync');
  await clone.ok('sync');
  await place.ok('sync');
  expect((await place.ok('check')).stdout).toBe('');
  expect((await shown(place, second)).state).toBe('open');
  expect((await shown(clone, second)).history).toHaveLength(3);
});
