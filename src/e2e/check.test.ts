import { mkdirSync, statSync, writeFileSync } from 'node:fs';

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, git, itaca, Place, workspace } from './harness.js';

const annika = 'contacts/annika-petersen-9jfnk604e2.md';

async function lines(place: Place, ...args: string[]): Promise<string[]> {
  const run = await place.itaca(['check', ...args]);
  expect(run.stderr).toBe('');
  expect(run.code).toBe(run.stdout === '' ? 0 : 1);
  return run.stdout.split('\n').filter(Boolean);
}

describe.concurrent('check', () => {
  it.each(['fair', 'bookclub'] as const)('finds nothing in the example %s', async (example) => {
    expect(await lines(await workspace({ example }))).toEqual([]);
  });

  it.each<[string, string, string, string, RegExp]>([
    ['a reference of the wrong kind', annika, 'owner: ', 'parent: x\nowner: ', /^$/],
    [
      'a reference to another kind',
      'cases/five-of-twelve-wall-lamps-cracked-cc5dxs4q7e.md',
      'order: 2026-0402-pzed6c2ae3',
      'order: annika-petersen-9jfnk604e2',
      /:8:8: order: expected an order, but 9jfnk604e2 is the id of a contact$/,
    ],
    ['a member nobody knows', annika, 'owner: ', 'owner: x', /:\d+:8: owner: itaca\.yaml knows no member "x/],
    ['an office nobody knows', annika, 'office: ', 'office: x', /office: itaca\.yaml knows no office "x/],
    [
      'an address that is none',
      annika,
      '@',
      '@@',
      /emails: ".*" is no e-mail address: there is more than one @$/,
    ],
    [
      'a case whose state its history contradicts',
      'cases/invited-twice-by-two-offices-e0135gk0nk.md',
      'state: closed',
      'state: open',
      /:4:8: state: is open, but the last move in history leads to closed$/,
    ],
    [
      'a case closed without having been resolved',
      'cases/invited-twice-by-two-offices-e0135gk0nk.md',
      'from: resolved',
      'from: new',
      /state: went from new to closed, which the process complaint does not allow$/,
    ],
    [
      'a history out of order',
      'cases/invited-twice-by-two-offices-e0135gk0nk.md',
      'at: 2026-10-05T16',
      'at: 2026-09-27T16',
      /:\d+:9: history: 2026-09-27\S+ lies before the move above it/,
    ],
    [
      'a promise kept and cancelled',
      'promises/ring-with-the-hour-of-delivery-kgmrs0hn03.md',
      'what: ',
      'kept_at: 2027-01-01T10:00:00Z\ncancelled_at: 2027-01-01T10:00:00Z\nwhat: ',
      /:3:15: cancelled_at: this promise is also kept$/,
    ],
    [
      'a campaign whose audience is no query',
      'campaigns/spring-news-xjskw3aeg3/campaign.md',
      'audience: ',
      'audience: "(+x" #',
      /:\d+:11: audience: in the query .*parenthesis/,
    ],
    [
      'a domain that is none',
      'companies/harbour-pine-rev79a7frc.md',
      'domains:\n',
      'domains:\n  - no domain\n',
      /:\d+:5: domains: "no domain" is no domain$/,
    ],
    [
      'a calendar nobody has',
      'processes/complaint.yaml',
      'calendar: office',
      'calendar: nowhere',
      /deadlines: there is no calendar "nowhere"$/,
    ],
    [
      'a dead end',
      'processes/complaint.yaml',
      'waiting_customer: [open, resolved, merged]',
      'waiting_customer: []',
      /states: waiting_customer is a dead end/,
    ],
    [
      'a chief who is nobody',
      'itaca.yaml',
      'reports_to: boss',
      'reports_to: nobody',
      /members\.anna\.reports_to: no member "nobody"$/,
    ],
    [
      'a file of another type',
      'processes/return.yaml',
      'type: return',
      'type: order',
      /type: is "order", but the file is named return\.yaml$/,
    ],
    [
      'hours that are none',
      'calendars/office.yaml',
      '"09:00-13:00"',
      '"09:00-08"',
      /^calendars\/office\.yaml:\d+:\d+: /,
    ],
    ['broken settings', 'itaca.yaml', 'version: 1', 'version: [', /^itaca\.yaml:\d+:\d+: broken YAML/],
  ])('finds %s', async (_what, path, piece, instead, expected) => {
    const place = await workspace({ example: 'fair' });
    place.edit(path, piece, instead);
    const found = await lines(place);
    if (expected.source === '^$') expect(found).toEqual([]);
    else {
      expect(found.join('\n')).toMatch(new RegExp(expected.source, 'm'));
      expect(found[0]?.startsWith(`${path}:`)).toBe(true);
    }
  });

  it('finds an order that was delivered before it was placed, and then cancelled', async () => {
    const place = await workspace();
    place.write(
      'orders/o-k3f9w2q8ab.md',
      '---\nnumber: o\nplaced_at: 2026-10-02\ndelivered_at: 2026-10-01\ncancelled_at: 2026-10-03\n---\n',
    );
    expect(await lines(place)).toEqual([
      'orders/o-k3f9w2q8ab.md:4:15: delivered_at: lies before placed_at (2026-10-02)',
      'orders/o-k3f9w2q8ab.md:5:15: cancelled_at: this order is also delivered',
    ]);
    expect(await lines(place, 'contacts', 'itaca.yaml').catch(() => 'no contacts')).toBe('no contacts');
    expect(await lines(place, 'itaca.yaml', 'processes')).toEqual([]);
    expect(await lines(place, 'orders')).toHaveLength(2);
  });

  it('prints annotations that GitHub understands, for a workspace in a folder of its repository too', async () => {
    const top = folder();
    await git(top, 'init', '-q');
    const root = join(top, 'a,b');
    expect((await itaca(['init', root, '--example', 'fair'])).code).toBe(0);
    const place = new Place(root, top);
    place.edit(annika, 'owner: ', 'owner: "100%" #');
    const [line] = await lines(place, '--format', 'github');
    expect(line).toMatch(
      /^::error file=a%2Cb\/contacts\/annika-petersen-9jfnk604e2\.md,line=\d+,col=8::owner: itaca\.yaml knows no member "100%25"%0Ait knows boss, /,
    );
  });
});

describe.concurrent('check --staged', () => {
  it('tells who still names a record that the commit takes away', async () => {
    const place = await workspace({ example: 'fair' });
    const [promise = ''] = place.files('promises');
    const contact = /^to: (.+)$/m.exec(place.read(promise))?.[1] as string;
    await place.git('rm', '-q', `contacts/${contact}.md`);
    const told = await lines(place, '--staged');
    expect(told.filter((line) => line.startsWith(`${promise}:`))).toEqual([
      expect.stringMatching(new RegExp(`to: no record has the id ${contact.slice(-10)}`)),
    ]);
    // Moved to another folder it is still there.
    await place.git('reset', '-q', '--hard');
    mkdirSync(place.path('contacts/moved'));
    await place.git('mv', `contacts/${contact}.md`, `contacts/moved/${contact}.md`);
    expect(await lines(place, '--staged')).toEqual([]);
  });

  it('judges what is staged, whatever the folder holds', async () => {
    const place = await workspace({ example: 'fair' });
    expect(await lines(place, '--staged')).toEqual([]);
    place.edit(annika, 'owner: ', 'owner: stranger #');
    expect(await lines(place, '--staged')).toEqual([]);
    await place.git('add', '-A');
    await place.git('show', `HEAD:${annika}`).then((text) => place.write(annika, `${text}\n`));
    expect(await lines(place)).toEqual([]);
    expect(await lines(place, '--staged')).toEqual([
      expect.stringMatching(/^contacts\/annika.*: owner: itaca\.yaml knows no member "stranger"$/),
    ]);
  });

  it('finds references to what is not committed with it, ids given twice, and settings', async () => {
    const place = await workspace({ example: 'fair' });
    place.write('contacts/new-k3f9w2q8ab.md', '---\nname: New\ncompany: firm-k3f9w2q8ac\n---\n');
    place.write('companies/firm-k3f9w2q8ac.md', '---\nname: Firm\n---\n');
    place.write('contacts/twin-9jfnk604e2.md', '---\nname: Twin\n---\n');
    place.edit('processes/order.yaml', 'calendar: office', 'calendar: nowhere');
    await place.git('add', 'contacts', 'processes');
    expect(await lines(place, '--staged')).toEqual([
      'contacts/new-k3f9w2q8ab.md:3:10: company: no record has the id k3f9w2q8ac',
      `contacts/twin-9jfnk604e2.md:1:1: the id 9jfnk604e2 is also that of ${annika}`,
      expect.stringMatching(/^processes\/order\.yaml:\d+:\d+: deadlines: there is no calendar "nowhere"$/),
    ]);
    await place.git('rm', '-q', '--cached', 'contacts/twin-9jfnk604e2.md');
    await place.git('restore', '--staged', 'processes');
    await place.git('add', 'companies');
    expect(await lines(place, '--staged')).toEqual([]);
  });

  it('is what the hook of init --hooks runs, which refuses a broken commit', async () => {
    const home = folder();
    const root = join(home, 'W');
    expect((await itaca(['init', root, '--example', 'fair', '--hooks'])).code).toBe(0);
    const place = new Place(root, home);
    expect(statSync(place.path('.git/hooks/pre-commit')).mode & 0o111).toBe(0o111);
    const before = await place.commits();
    place.edit(annika, 'owner: ', 'owner: stranger #');
    await expect(place.git('commit', '-qam', 'broken')).rejects.toThrow(/./);
    expect(await place.commits()).toBe(before);
    await place.git('checkout', '-q', 'HEAD', '--', '.');
    place.edit(annika, 'owner: ', 'owner: boss #');
    await place.git('commit', '-qm', 'sound', annika);
    expect(await place.commits()).toBe(before + 1);
  });

  it('leaves a hook that is there, and says so', async () => {
    const root = folder();
    await git(root, 'init', '-q');
    const hook = join(root, '.git/hooks/pre-commit');
    writeFileSync(hook, '#!/bin/sh\n', { mode: 0o755 });
    const run = await itaca(['init', root, '--country', 'IT', '--hooks']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/kept as it is.*check --staged/) });
    expect(statSync(hook).size).toBe(10);
  });

  it('says that there is nothing to look at outside git', async () => {
    const root = join(folder(), 'W');
    await itaca(['init', root, '--no-git']);
    expect(await itaca(['-C', root, 'check', '--staged'])).toMatchObject({ code: 2 });
  });
});

/** Two clones of one bare repository, each with its witness on the remote. */
async function team(): Promise<{
  anna: Place;
  luca: Place;
  witness: (place: Place, clone: string) => Promise<void>;
}> {
  const anna = await workspace();
  const remote = join(anna.home, 'remote.git');
  await git(anna.home, 'init', '-q', '--bare', '-b', 'main', remote);
  await anna.git('branch', '-M', 'main');
  await anna.git('remote', 'add', 'origin', remote);
  await anna.git('push', '-q', '-u', 'origin', 'main');
  const home = folder();
  await git(home, 'clone', '-q', remote, 'W');
  const luca = new Place(join(home, 'W'), home);
  const witness = async (place: Place, clone: string) => {
    await place.git('push', '-q', '-f', 'origin', `HEAD:refs/itaca/seen/${clone}`);
    await place.git('update-ref', `refs/itaca/seen/${clone}`, 'HEAD');
  };
  return { anna, luca, witness };
}

async function commit(place: Place, name: string): Promise<string> {
  await place.ok('company', 'add', '--name', name);
  return place.git('rev-parse', 'HEAD');
}

describe.concurrent('check --history', () => {
  it('says that there is nothing to tell by where no clone has left a witness', async () => {
    const { anna } = await team();
    expect(await anna.itaca(['check', '--history'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('no clone has left a witness'),
    });
  });

  it('is silent where commits only came after what was seen', async () => {
    const { anna, luca, witness } = await team();
    await commit(anna, 'Alfa');
    await anna.git('push', '-q');
    await witness(anna, 'a');
    await commit(anna, 'Beta');
    for (const place of [anna, luca])
      expect(await place.itaca(['check', '--history'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('names what an amended and force-pushed commit was, in both clones, and again the next time', async () => {
    const { anna, luca, witness } = await team();
    const seen = await commit(anna, 'Alfa');
    await anna.git('push', '-q');
    await witness(anna, 'a');
    await luca.git('pull', '-q');
    await witness(luca, 'b');
    await anna.git('commit', '-q', '--amend', '-m', 'nothing to see here');
    await anna.git('push', '-q', '-f');
    const [finding] = (await anna.itaca(['check', '--history', '--json'])).json;
    expect(finding).toMatchObject({
      commit: seen,
      subject: expect.stringContaining('company add'),
      clones: expect.arrayContaining(['a', 'b']),
    });
    await witness(anna, 'a');
    for (const place of [anna, luca, luca]) {
      const run = await place.itaca(['check', '--history']);
      expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining(seen) });
    }
  });

  it('names what was amended here and not pushed', async () => {
    const { anna, witness } = await team();
    const seen = await commit(anna, 'Alfa');
    await anna.git('push', '-q');
    await witness(anna, 'a');
    await anna.git('commit', '-q', '--amend', '-m', 'other words');
    const run = await anna.itaca(['check', '--history']);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining(seen) });
  });

  it('does with what it knows where the remote does not answer', async () => {
    const { anna, witness } = await team();
    await witness(anna, 'a');
    await anna.git('remote', 'set-url', 'origin', join(anna.home, 'gone.git'));
    expect(await anna.itaca(['check', '--history'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('origin could not be asked'),
    });
  });
});
