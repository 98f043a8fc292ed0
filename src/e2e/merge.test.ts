import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, workspace } from './harness.js';

const at = (time: string) => ({ env: { ITACA_NOW: time } });
const json = async (place: Place, ...args: string[]) => (await place.ok(...args, '--json')).json;

interface Two {
  place: Place;
  first: { id: string; ref: string; path: string };
  second: { id: string; ref: string; path: string };
}

/** A person who is on file twice, each with a case and a call. */
async function twice(place?: Place): Promise<Two> {
  const where = place ?? (await workspace());
  const first = await json(
    where,
    'contact',
    'add',
    '--name',
    'Mario Rossi',
    '--email',
    'mario@example.it',
    '--tag',
    'fair',
  );
  const second = await json(
    where,
    ...['contact', 'add', '--name', 'M. Rossi', '--email', 'm.rossi@example.com', '--phone', '02 5550 0123'],
    ...['--tag', 'vip', '--title', 'Boss', '--note', 'Met at the stand.'],
  );
  const before = at('2026-11-19T10:00:00Z');
  await where.itaca(['log', 'phone', first.id, 'first call'], before);
  await where.itaca(
    ['log', 'phone', second.id, 'second call', '--promise', 'a letter', '--due', '2026-12-01'],
    before,
  );
  return { place: where, first, second };
}

async function team(): Promise<Two & { other: Place }> {
  const two = await twice();
  const remote = join(folder(), 'team.git');
  mkdirSync(remote);
  await git(remote, 'init', '-q', '--bare', '-b', 'main');
  await two.place.git('branch', '-M', 'main');
  await two.place.git('remote', 'add', 'origin', remote);
  await two.place.git('push', '-q', '-u', 'origin', 'main');
  const home = folder();
  await git(home, 'clone', '-q', remote, 'W');
  return { ...two, other: new Place(join(home, 'W'), home) };
}

async function synced(...places: Place[]): Promise<void> {
  for (const place of places) await place.ok('sync');
}

describe.concurrent('merge', () => {
  it('makes one of two, which every name leads to', async () => {
    const { place, first, second } = await twice();
    const before = place.tree();
    const dry = await json(place, 'contact', 'merge', first.id, second.id, '--dry-run');
    expect(place.tree()).toEqual(before);
    const outcome = await json(place, 'contact', 'merge', first.id, second.id);
    expect(outcome).toEqual(dry);
    expect(outcome).toMatchObject({
      survivor: first.ref,
      merged: second.ref,
      took: {
        emails: ['m.rossi@example.com'],
        phones: ['02 5550 0123'],
        tags: ['vip'],
        title: 'Boss',
        note: true,
      },
      left: [{ key: 'name', survivor: 'Mario Rossi', other: 'M. Rossi' }],
    });
    for (const who of [
      second.id,
      second.ref,
      second.path,
      second.id.slice(0, 5),
      'm.rossi@example.com',
      'M. Rossi',
      '02 5550 0123',
    ]) {
      const shown = await json(place, 'contact', 'show', who);
      expect(shown).toMatchObject({ id: first.id, title: 'Boss', tags: ['fair', 'vip'] });
      expect(shown.note).toContain('Met at the stand.');
      expect(shown.timeline.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
        'interaction',
        'interaction',
        'promise',
      ]);
    }
    expect(await json(place, 'contact', 'list')).toHaveLength(1);
    for (const query of [`id:${second.id}`, 'email:m.rossi@example.com', '+vip'])
      expect(await json(place, 'contact', 'list', query)).toMatchObject([{ id: first.id }]);
    expect(await json(place, 'sql', 'select id, kind, survivor from merges')).toEqual([
      { id: second.id, kind: 'contact', survivor: first.id },
    ]);
    expect(await json(place, 'sql', 'select count(*) as n from contacts')).toEqual([{ n: 1 }]);
    expect((await json(place, 'find', 'stand')).map(({ id }: { id: string }) => id)).toEqual([first.id]);
    await place.ok('log', 'email', second.id, 'a third');
    expect(place.files('interactions').filter((path) => place.read(path).includes(first.ref))).toHaveLength(
      2,
    );
    expect(await json(place, 'sql', `select json_extract(data, '$.to') as person from promises`)).toEqual([
      { person: second.ref },
    ]);
    expect((await json(place, 'due'))[0]).toMatchObject({ for: 'Mario Rossi' });
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });

    const parted = await json(place, 'contact', 'unmerge', second.id);
    expect(parted).toMatchObject({ survivor: first.ref, merged: second.ref, ambiguous: [] });
    expect(parted.kept).toMatchObject([{ kind: 'interaction' }]);
    expect(place.read(first.path)).toBe(before[first.path]);
    expect(place.read(second.path)).toBe(before[second.path]);
    expect((await json(place, 'contact', 'show', second.id)).timeline).toHaveLength(2);
  });

  it('is undone as one command', async () => {
    const { place, first, second } = await twice();
    const before = place.tree();
    await place.ok('contact', 'merge', first.id, second.id, '--take', 'name=other');
    expect(await json(place, 'contact', 'show', first.id)).toMatchObject({ name: 'M. Rossi' });
    expect(
      await place.git('log', '-1', '--format=%s%n%(trailers:key=Itaca-Record,valueonly,separator=%x2C)'),
    ).toBe(`contact merge ${first.id} ${second.id}\n${first.id},${second.id}`);
    const commands = (await json(place, 'history', first.id)).map(
      ({ command }: { command: string }) => command,
    );
    expect(commands).toEqual(['contact merge', 'contact add', 'contact add']);
    await place.ok('undo');
    expect(place.tree()).toEqual(before);
    expect(await json(place, 'contact', 'list')).toHaveLength(2);
  });

  it('refuses what makes no sense, and says what does', async () => {
    const { place, first, second } = await twice();
    const company = await json(place, 'company', 'add', '--name', 'ACME srl');
    const third = await json(place, 'contact', 'add', '--name', 'Carlo Verdi');
    const fails = async (code: number, hint: string, ...args: string[]) => {
      const run = await place.itaca([...args, '--json']);
      expect({ args, code: run.code }).toEqual({ args, code });
      expect(`${run.error.message} ${run.error.hint}`).toContain(hint);
    };
    await fails(2, 'are one record', 'contact', 'merge', first.id, 'mario@example.it');
    await fails(2, 'is a company', 'contact', 'merge', first.id, company.id);
    await fails(3, 'no contact matches', 'contact', 'merge', first.id, 'nobody@example.it');
    await fails(2, '--take title=other', 'contact', 'merge', first.id, second.id, '--take', 'title');
    await fails(2, 'lists are joined', 'contact', 'merge', first.id, second.id, '--take', 'tags=other');
    await fails(2, 'is empty at', 'contact', 'merge', first.id, second.id, '--take', 'birthday=other');
    await fails(3, 'is merged into no other', 'contact', 'unmerge', third.id);
    await place.ok('contact', 'merge', first.id, second.id);
    await fails(5, 'is merged into', 'contact', 'merge', first.id, second.id);
    await fails(5, 'was merged into', 'contact', 'merge', third.id, second.id);
    await fails(2, 'contact merge|unmerge', 'contact', 'set', first.id, 'merged_into=x');
    place.write(third.path, '---\nname: [\n---\n');
    await fails(4, '', 'contact', 'merge', first.id, third.id);
  });

  it('lets a record whose survivor is gone be read, and tells of it', async () => {
    const { place, first, second } = await twice();
    await place.ok('contact', 'merge', first.id, second.id);
    rmSync(place.path(first.path));
    expect(await json(place, 'contact', 'show', second.id)).toMatchObject({ id: second.id });
    expect(await json(place, 'contact', 'list')).toEqual([]);
    expect((await place.itaca(['check'])).stdout).toContain(`merged_into: no record has the id ${first.id}`);
    const run = await place.itaca(['contact', 'unmerge', second.id, '--json']);
    expect(run.code).toBe(3);
    expect(run.error.hint).toContain('merged_into');
  });

  it('goes through chains, and parts them from the end', async () => {
    const { place, first, second } = await twice();
    const third = await json(place, 'contact', 'add', '--name', 'Mario R.', '--email', 'mr@example.org');
    const before = place.tree();
    await place.ok('contact', 'merge', second.id, third.id);
    await place.ok('contact', 'merge', first.id, second.id);
    expect((await json(place, 'contact', 'show', third.id)).id).toBe(first.id);
    expect((await json(place, 'contact', 'list')).length).toBe(1);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    const early = await place.itaca(['contact', 'unmerge', third.id, '--json']);
    expect(early.code).toBe(5);
    expect(early.error.hint).toContain(`unmerge ${second.id}`);
    await place.ok('contact', 'unmerge', second.id);
    await place.ok('contact', 'unmerge', third.id);
    expect(place.tree()).toEqual(before);
  });

  it('lets a second merge keep what the first one gave, where both had it', async () => {
    const { place, first, second } = await twice();
    const third = await json(place, 'contact', 'add', '--name', 'Mario R.', '--phone', '02 5550 0123');
    await place.ok('contact', 'merge', first.id, second.id);
    await place.ok('contact', 'merge', first.id, third.id);
    const parted = await json(place, 'contact', 'unmerge', second.id);
    expect(parted.ambiguous).toEqual([
      { key: 'phones', value: '02 5550 0123', why: `${third.ref} has it too` },
    ]);
    expect((await json(place, 'contact', 'show', first.id)).phones).toEqual(['02 5550 0123']);
    await place.ok('contact', 'unmerge', third.id);
    expect((await json(place, 'contact', 'show', first.id)).phones).toBeUndefined();
  });

  it('makes one of two firms, with the people and the time of both', async () => {
    const place = await workspace();
    const first = await json(place, 'company', 'add', '--name', 'ACME srl', '--domain', 'acme.example');
    const second = await json(place, 'company', 'add', '--name', 'Acme Italia', '--vat', 'IT00000000000');
    for (const [name, firm] of [
      ['Anna', 'ACME srl'],
      ['Bruno', 'Acme Italia'],
    ] as const)
      await place.ok('contact', 'add', '--name', name, '--company', firm);
    await place.ok('log', 'visit', 'Acme Italia', 'their warehouse');
    const before = place.tree();
    await place.ok('company', 'merge', 'ACME srl', 'Acme Italia');
    expect(await json(place, 'company', 'show', second.id)).toMatchObject({
      id: first.id,
      vat: 'IT00000000000',
      timeline: [{}],
    });
    for (const query of [
      'company:acme-srl',
      'company:acme-italia',
      `company:${second.id}`,
      `company:${first.ref}`,
    ])
      expect((await json(place, 'contact', 'list', query)).map(({ name }: { name: string }) => name)).toEqual(
        ['Anna', 'Bruno'],
      );
    await place.ok('contact', 'add', '--name', 'Carla', '--company', 'Acme Italia');
    expect(await json(place, 'company', 'list')).toHaveLength(1);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    await place.ok('company', 'unmerge', second.id);
    for (const path of [first.path, second.path]) expect(place.read(path)).toBe(before[path]);
  });

  it('lets a list that names the merged one update the one that stays', async () => {
    const { place, first, second } = await twice();
    await place.ok('contact', 'merge', first.id, second.id);
    await place.ok('contact', 'set', first.id, 'emails-=m.rossi@example.com');
    place.write('list.csv', 'name,email,language\nM. Rossi,m.rossi@example.com,it\n');
    const report = await json(place, 'import', 'csv', place.path('list.csv'), '--yes');
    expect(report).toMatchObject({ created: 0, updated: 1 });
    expect(await json(place, 'contact', 'show', first.id)).toMatchObject({ language: 'it' });
    expect(place.read(second.path)).not.toContain('language');
  });

  it('lets nobody be written to who said no under either name, and nobody twice', async () => {
    const { place, first, second } = await twice();
    const consent = (path: string, state: string, day: string) =>
      place.write(
        path,
        place
          .read(path)
          .replace(/^tags:/m, `consents:\n  - {purpose: newsletter, state: ${state}, at: ${day}}\ntags:`),
      );
    consent(first.path, 'given', '2026-10-01');
    consent(second.path, 'withdrawn', '2026-01-01');
    const campaign = async (title: string, purpose: string) => {
      const { id } = await json(
        place,
        ...[
          'campaign',
          'new',
          title,
          '--purpose',
          purpose,
          '--audience',
          '+fair or +vip',
          '--subject',
          title,
          '--body',
          title,
        ],
      );
      return async (...more: string[]) =>
        json(place, 'campaign', 'send', id, '--confirm', title, '--yes', '--no-input', ...more);
    };
    const news = await campaign('News', 'newsletter');
    expect((await news('--dry-run')).remaining).toBe(1);
    await place.ok('contact', 'merge', first.id, second.id);
    expect(await news()).toMatchObject({ audience: 1, sent: 0, left_out: { consent_withdrawn: 1 } });
    // A consent of after the merge counts again; it says where the no came from.
    const { consents } = await json(place, 'contact', 'show', first.id);
    expect(consents.at(-1)).toMatchObject({ state: 'withdrawn', source: `merge of ${second.ref}` });

    // An address that only the merged record has still speaks for the person.
    const service = await campaign('Service', 'service');
    expect((await service('--dry-run')).remaining).toBe(1);
    await place.ok('contact', 'set', first.id, 'emails-=m.rossi@example.com');
    await place.ok('suppress', 'add', 'm.rossi@example.com', '--reason', 'unsubscribed');
    expect(await service('--dry-run')).toMatchObject({ audience: 1, left_out: { suppressed: 1 } });
    await place.ok('suppress', 'rm', 'm.rossi@example.com');
    // So does a complaint that names it.
    await place.ok('case', 'open', 'Broken', '--contact', first.id, '--type', 'complaint');
    const kase = place.files('cases')[0] as string;
    place.edit(kase, first.ref, second.ref);
    expect(await service('--dry-run')).toMatchObject({ left_out: { open_complaint: 1 } });
    place.edit(kase, 'type: complaint', 'type: question');
    expect(await service()).toMatchObject({ audience: 1, sent: 1 });
  });

  it('counts what the merged one got', async () => {
    const { place, first, second } = await twice();
    const { id } = await json(
      place,
      ...[
        'campaign',
        'new',
        'One',
        '--purpose',
        'service',
        '--audience',
        '+vip',
        '--subject',
        'One',
        '--body',
        'One',
      ],
    );
    const send = () => json(place, 'campaign', 'send', id, '--confirm', 'One', '--yes', '--no-input');
    expect(await send()).toMatchObject({ sent: 1 });
    await place.ok('contact', 'merge', first.id, second.id);
    await place.ok('contact', 'set', first.id, 'emails-=m.rossi@example.com');
    expect(await send()).toMatchObject({ sent: 0 });
    const again = await json(
      place,
      ...[
        'campaign',
        'new',
        'Two',
        '--purpose',
        'service',
        '--audience',
        '+vip',
        '--subject',
        'One',
        '--body',
        'One',
      ],
    );
    expect(
      await json(place, 'campaign', 'send', again.id, '--confirm', 'Two', '--yes', '--no-input'),
    ).toMatchObject({
      sent: 0,
      left_out: { same_content: 1 },
    });
  });
});

describe.concurrent('merge in a team', () => {
  it('is taken back in another clone', async () => {
    const { place, other, first, second } = await team();
    const before = place.tree();
    await place.ok('contact', 'merge', first.id, second.id);
    await other.itaca(['log', 'phone', second.id, 'meanwhile'], at('2026-11-21T10:00:00Z'));
    await synced(place, other);
    expect(await json(other, 'contact', 'show', second.id)).toMatchObject({ id: first.id });
    expect((await json(other, 'contact', 'show', first.id)).timeline).toHaveLength(4);
    await other.ok('contact', 'set', first.id, 'tags+=later');
    const parted = await json(other, 'contact', 'unmerge', 'm.rossi@example.com');
    expect(parted.kept).toEqual([]);
    await synced(other, place);
    expect(place.tree()).toEqual(other.tree());
    expect(place.read(second.path)).toBe(before[second.path]);
    expect(place.read(first.path)).toBe(
      (before[first.path] as string).replace('  - fair\n', '  - fair\n  - later\n'),
    );
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('keeps what another clone wrote to the merged record, and takes it when asked again', async () => {
    const { place, other, first, second } = await team();
    await place.ok('contact', 'merge', first.id, second.id);
    await other.ok('contact', 'set', second.id, 'phones+=02 5550 0999', 'title=President');
    await synced(place, other, place);
    expect(place.tree()).toEqual(other.tree());
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect(await json(place, 'contact', 'show', '02 5550 0999')).toMatchObject({ id: first.id });
    expect(await json(place, 'contact', 'merge', first.id, second.id)).toMatchObject({
      took: { phones: ['02 5550 0999'] },
      left: [{ key: 'name' }, { key: 'title', survivor: 'Boss', other: 'President' }],
    });
    const survivor = place.read(first.path);
    expect(survivor.match(/Met at the stand/g)).toHaveLength(1);
    await place.ok('contact', 'unmerge', second.id);
    expect(await json(place, 'contact', 'show', first.id)).toMatchObject({
      emails: ['mario@example.it'],
      tags: ['fair'],
    });
    expect(await json(place, 'contact', 'show', second.id)).toMatchObject({
      phones: ['02 5550 0123', '02 5550 0999'],
      title: 'President',
    });
  });

  it('agrees where both clones merged the same two', async () => {
    const { place, other, first, second } = await team();
    const before = place.tree();
    await place.ok('contact', 'merge', first.id, second.id);
    await other.itaca(['contact', 'merge', first.id, second.id], at('2026-11-20T11:00:00Z'));
    await synced(place, other, place);
    expect(place.tree()).toEqual(other.tree());
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    const shown = await json(place, 'contact', 'show', second.id);
    expect(shown).toMatchObject({ id: first.id, tags: ['fair', 'vip'] });
    expect(shown.note.match(/Met at the stand/g)).toHaveLength(1);
    await place.ok('contact', 'unmerge', second.id);
    for (const path of [first.path, second.path]) expect(place.read(path)).toBe(before[path]);
  });

  it('tells where each clone merged the one into the other, and settles it', async () => {
    const { place, other, first, second } = await team();
    const before = place.tree();
    await place.ok('contact', 'merge', first.id, second.id);
    await other.ok('contact', 'merge', second.id, first.id);
    await synced(place, other, place);
    expect(place.tree()).toEqual(other.tree());
    const [head, tail] = [first, second].sort((a, b) => (a.id < b.id ? -1 : 1)) as [
      typeof first,
      typeof first,
    ];
    for (const one of [place, other]) {
      const listed = await json(one, 'contact', 'list');
      expect(listed.map(({ id }: { id: string }) => id)).toEqual([head.id]);
      expect(await json(one, 'contact', 'show', tail.id)).toMatchObject({
        id: head.id,
        phones: ['02 5550 0123'],
      });
    }
    const check = await place.itaca(['check']);
    expect(check.code).toBe(1);
    expect(check.stdout).toContain('were merged into each other');
    await place.ok('contact', 'merge', head.id, tail.id);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    expect((await json(place, 'contact', 'list')).map(({ id }: { id: string }) => id)).toEqual([head.id]);
    await place.ok('contact', 'unmerge', tail.id);
    expect(place.tree()).toEqual(before);
  });

  it('writes a conflict where one was merged into two', async () => {
    const { place, other, first, second } = await team();
    const third = await json(place, 'contact', 'add', '--name', 'Maria Rossi');
    await synced(place, other);
    const before = place.tree();
    await place.ok('contact', 'merge', first.id, second.id);
    await other.ok('contact', 'merge', third.id, second.id);
    await synced(place);
    const run = await other.itaca(['sync', '--json']);
    expect(run.code).toBe(5);
    expect(run.json.conflicts).toMatchObject([{ path: second.path }]);
    const text = other.read(second.path);
    expect(text).toContain(`merged_into: ${first.ref}`);
    expect(text).toContain(`merged_into: ${third.ref}`);
    other.write(second.path, text.replace(/<{7}.*\n(?:.*\n)?={7}\n(.*\n)>{7}.*\n/, '$1'));
    await synced(other, place);
    const check = await place.itaca(['check', '--json']);
    expect(check.code).toBe(1);
    expect(check.stdout).toContain(`unmerge ${second.id}`);
    await place.ok('contact', 'unmerge', second.id);
    expect(place.tree()).toEqual(before);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });
});
