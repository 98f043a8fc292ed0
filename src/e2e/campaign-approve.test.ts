import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder, Place, session, terminal, workspace } from './harness.js';

const members = `members:
  boss:
    emails:
      - boss@example.org
    office: board
  bea:
    emails:
      - bea@example.org
    office: main
`;

/** Who sits here, by what git knows. */
const by = (name: string) => ({
  env: Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, name],
      [`GIT_${role}_EMAIL`, `${name}@example.org`],
    ]),
  ),
});
const [anna, boss, bea] = ['anna', 'boss', 'bea'].map(by) as [
  ReturnType<typeof by>,
  ReturnType<typeof by>,
  ReturnType<typeof by>,
];

const send = ['campaign', 'send', 'Fair', '--confirm', 'Fair', '--yes', '--json'];
const approve = (who: string, ...more: string[]) => [
  'campaign',
  'approve',
  'Fair',
  '--as',
  who,
  '--json',
  ...more,
];

/** A workspace whose rule asks for an approval, and a campaign that anna asked for and wrote. */
async function asked(rule = 'four_eyes'): Promise<{ place: Place; file: string; folder: string }> {
  const place = await workspace();
  const settings = place
    .read('itaca.yaml')
    .replace(/(members:\n[\s\S]*?emails:\n\s+- )\S+/, '$1anna@example.org');
  place.write('itaca.yaml', settings.replace('members:\n', members));
  place.write('itaca.yaml', `${place.read('itaca.yaml')}\napproval: ${rule}\n`);
  for (const [i, id] of ['aaaaaaaaaa', 'bbbbbbbbbb'].entries()) {
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    place.write(
      `contacts/p-${id}.md`,
      `---\nname: Person ${i}\nemails:\n  - p${i}@example.net\nconsents:\n  - ${consent}\n---\n`,
    );
  }
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  const fair = [
    '--purpose',
    'newsletter',
    '--audience',
    'kind:contact',
    '--subject',
    'Come',
    '--body',
    'To the fair',
  ];
  const made = await place.itaca(['campaign', 'new', 'Fair', ...fair, '--as', 'anna', '--json'], anna);
  if (made.code !== 0) throw new Error(made.stderr);
  const file = made.json.path as string;
  return { place, file, folder: file.replace('/campaign.md', '') };
}

const commitBy = (place: Place, who: string) =>
  place.git(
    '-c',
    `user.email=${who}@example.org`,
    '-c',
    `user.name=${who}`,
    'commit',
    '-qam',
    'x',
    `--author=${who} <${who}@example.org>`,
  );

describe('campaign approve', () => {
  it('lets a campaign go that another member agreed to, in his own clone', async () => {
    const { place, file } = await asked();
    const refused = await place.itaca(send, anna);
    expect(refused.code).toBe(6);
    expect(refused.error.message).toContain('asks for an approval by another member, and there is none');
    expect((await place.itaca(['campaign', 'status', 'Fair', '--json'], anna)).json.approval).toMatchObject({
      rule: 'four_eyes',
      state: 'missing',
    });
    const check = await place.itaca(['campaign', 'check', 'Fair', '--json'], anna);
    expect(check.json).toContainEqual(expect.objectContaining({ severity: 'error', path: file }));

    const dry = await place.itaca(approve('boss', '--dry-run'), boss);
    expect(dry.code).toBe(0);
    expect(place.read(file)).not.toContain('approvals');
    const before = await place.commits();
    const { json } = await place.itaca(approve('boss'), boss);
    expect(json).toMatchObject({
      by: 'boss',
      state: 'approved',
      rule: 'four_eyes',
      subject: 'Come',
      audience: 2,
      to_send: 2,
      text: { '*': expect.stringContaining('To the fair') },
      attachments: [],
    });
    expect(json.content_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await place.commits()).toBe(before + 1);
    expect(place.read(file)).toMatch(/state: approved[\s\S]*approvals:\n\s+- by: boss/);
    expect((await place.ok('check', file)).stdout).toBe('');
    const again = await place.itaca(approve('boss'), boss);
    expect(again.json.already).toBe(true);
    expect(await place.commits()).toBe(before + 1);

    const preview = (await place.itaca(['campaign', 'preview', 'Fair', '--json'], anna)).json;
    expect(preview.approval).toMatchObject({ state: 'approved', by: 'boss' });
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 2 });
    const plan = place
      .files(file.replace('campaign.md', 'sends'))
      .find((path) => path.endsWith('plan.jsonl')) as string;
    expect(place.read(plan).split('\n')[0]).toContain(json.content_sha256);
    const who = (await place.ok('report', 'who-did-what', '--json')).json[0];
    expect(who.approved_by).toMatchObject([{ by: 'boss' }]);
    expect(who.built_by.map((one: { by: string }) => one.by)).toEqual(['anna']);
    // A second send is no new one, whatever the settings say by now.
    place.edit('itaca.yaml', 'basis: consent', 'basis: legitimate_interest');
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 0 });
  });

  it.each([
    ['the one who asked for it', 'anna', anna, 'anna asked for this campaign'],
    ['another name in the same clone', 'boss', anna, 'makes no second pair of eyes'],
  ] as const)('is not given by %s', async (_, who, where, why) => {
    const { place, file } = await asked();
    const run = await place.itaca(approve(who), where);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain(why);
    expect(place.read(file)).not.toContain('approvals');
    expect((await place.itaca(send, anna)).code).toBe(6);
  });

  it('is not given by whoever wrote part of it, in whatever name', async () => {
    const { place, folder } = await asked();
    place.write(`${folder}/body.md`, 'To the fair, with cake\n');
    const dirty = await place.itaca(approve('boss'), boss);
    expect(dirty.code).toBe(6);
    expect(dirty.error.message).toContain('body.md is not committed');
    await commitBy(place, 'boss');
    const run = await place.itaca(approve('boss'), boss);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('boss wrote part of it');
    expect((await place.itaca(approve('bea'), bea)).code).toBe(0);
    expect((await place.itaca(send, boss)).json).toMatchObject({ sent: 2 });
  });

  it('is not given by whoever brought it into the first commit, or under a name that git does not know', async () => {
    const { place } = await asked();
    const nobody = await place.itaca(approve('boss'));
    expect(nobody.code).toBe(6);
    expect(nobody.error).toMatchObject({
      message: expect.stringContaining('as nobody, which is not boss'),
      hint: expect.stringContaining('git config user.email boss@example.org'),
    });
    await place.git('config', 'log.showRoot', 'false');
    await place.git('checkout', '-q', '--orphan', 'anew');
    await commitBy(place, 'boss');
    const run = await place.itaca(approve('boss'), boss);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('boss wrote part of it');
  });

  it('is void after any change of what is sent, to whom, and under which rules', async () => {
    const { place, folder, file } = await asked();
    expect((await place.itaca(approve('boss'), boss)).code).toBe(0);
    const changes: [string, string, string, string][] = [
      [`${folder}/body.md`, 'To the fair', 'To the fare', 'the content has changed since'],
      [file, 'subject: Come', 'subject: Go', 'the content has changed since'],
      [file, 'audience: kind:contact', 'audience: kind:contact p0', 'the content has changed since'],
      [file, 'purpose: newsletter', 'purpose: newsletter\nholds: []', 'the content has changed since'],
      ['itaca.yaml', 'basis: consent', 'basis: legitimate_interest', 'itaca.yaml says about sender, basis'],
    ];
    for (const [path, piece, instead, why] of changes) {
      const before = place.read(path);
      place.edit(path, piece, instead);
      await commitBy(place, 'anna');
      const run = await place.itaca(send, anna);
      expect(run.code).toBe(6);
      expect(run.error.message).toContain('the approval by boss of 2026-11-20 is void');
      expect(run.error.message).toContain(why);
      place.write(path, before);
      await commitBy(place, 'anna');
    }
    place.write(`${folder}/body.md`, 'To the fair, tomorrow\n');
    await commitBy(place, 'anna');
    expect((await place.itaca(['campaign', 'status', 'Fair', '--json'])).json.approval.state).toBe('void');
    expect((await place.itaca(approve('boss'), boss)).code).toBe(0);
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 2 });
  });

  it('is not forged by hand, nor brought back after it was taken back', async () => {
    const { place, file } = await asked();
    const { json } = await place.itaca(approve('boss', '--dry-run'), boss);
    const entry = `approvals:\n  - by: boss\n    at: ${json.at}\n    content_sha256: ${json.content_sha256}\n    rules_sha256: ${json.rules_sha256}\n`;
    const clean = place.read(file);
    place.edit(file, 'state: draft\n', `state: approved\n${entry}`);
    const uncommitted = await place.itaca(send, anna);
    expect(uncommitted.code).toBe(6);
    expect(uncommitted.error.message).toContain('it is in no commit');
    await commitBy(place, 'anna');
    const forged = await place.itaca(send, anna);
    expect(forged.code).toBe(6);
    expect(forged.error.message).toContain('anna@example.org, which is not boss');
    place.write(file, clean);
    await commitBy(place, 'anna');

    expect((await place.itaca(approve('boss'), boss)).code).toBe(0);
    const approved = place.read(file);
    const bare = await place.itaca(approve('bea', '--revoke'), bea);
    expect(bare.code).toBe(6);
    const later = { env: { ...boss.env, ITACA_NOW: '2026-11-20T11:00:00Z' } };
    expect((await place.itaca(approve('boss', '--revoke'), later)).json).toMatchObject({ state: 'draft' });
    const revoked = await place.itaca(send, anna);
    expect(revoked.code).toBe(6);
    expect(revoked.error.message).toContain('boss took the approval back on 2026-11-20');
    expect((await place.ok('report', 'who-did-what', '--json')).json[0].approved_by).toEqual([]);
    place.write(file, approved);
    await commitBy(place, 'anna');
    // The entry that took it back is gone; the approval is the old one, added anew by anna.
    const log = await place.git('log', '--format=%ae', '-3', '--', file);
    expect(log.split('\n')[0]).toBe('anna@example.org');
    const back = await place.itaca(send, anna);
    expect(back.code).toBe(6);
  });

  it('comes of another office where the rule says so, and only where the rule holds', async () => {
    const { place } = await asked('{rule: other_office, purposes: [newsletter], above: 1}');
    const near = await place.itaca(approve('bea'), bea);
    expect(near.code).toBe(6);
    expect(near.error.message).toContain('bea is of the office main');
    expect((await place.itaca(send, anna)).code).toBe(6);
    const check = await place.itaca(['campaign', 'check', 'Fair', '--json'], anna);
    expect(check.json).toContainEqual(
      expect.objectContaining({ hint: expect.stringContaining('by a member of another office in his own') }),
    );
    place.edit('itaca.yaml', 'above: 1}', 'above: 2}');
    expect((await place.itaca([...send, '--dry-run'], anna)).code).toBe(0);
    place.edit('itaca.yaml', 'above: 2}', 'above: 1}');
    expect((await place.itaca(approve('boss'), boss)).code).toBe(0);
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 2 });
  });

  it('says what is missing where git or the settings cannot tell people apart', async () => {
    const { place } = await asked();
    place.edit('itaca.yaml', '    emails:\n      - boss@example.org\n', '');
    const nameless = await place.itaca(approve('boss'), boss);
    expect(nameless.code).toBe(6);
    expect(nameless.error).toMatchObject({
      message: expect.stringContaining('lists no e-mail address of boss'),
      hint: expect.stringContaining('members.boss.emails'),
    });
    place.edit('itaca.yaml', '- bea@example.org', '- bea@example.org\n      - anna@example.org');
    const shared = await place.itaca(approve('bea'), anna);
    expect(shared.error.message).toContain('git cannot tell them apart');
  });

  it('counts outside git for nothing', async () => {
    const { place } = await asked();
    rmSync(place.path('.git'), { recursive: true });
    const run = await place.itaca(approve('boss'), boss);
    expect(run.code).toBe(6);
    expect(run.error).toMatchObject({
      message: expect.stringContaining('outside git nobody can tell who approved'),
      hint: expect.stringContaining('git init'),
    });
    expect((await place.itaca(send, anna)).code).toBe(6);
  });

  it('comes from another clone, and stays what it is when both are merged', async () => {
    const { place, file } = await asked();
    const remote = `${folder()}/team.git`;
    await place.git('clone', '-q', '--bare', place.root, remote);
    await place.git('remote', 'add', 'origin', remote);
    await place.git('push', '-q', '-u', 'origin', 'HEAD');
    const home = folder();
    await place.git('clone', '-q', remote, `${home}/W`);
    const other = new Place(`${home}/W`, home);
    expect((await other.itaca(approve('boss'), boss)).code).toBe(0);
    expect((await other.itaca(['sync'], boss)).code).toBe(0);
    // anna writes to the same record meanwhile, where it says nothing of what is sent.
    place.edit(file, 'state: draft', 'send_at: 2026-11-19\nstate: draft');
    await commitBy(place, 'anna');
    const synced = await place.itaca(['sync'], anna);
    expect(synced.code).toBe(0);
    expect(place.read(file)).toContain('send_at: 2026-11-19');
    expect(place.read(file)).toContain('by: boss');
    expect((await place.git('rev-list', '--merges', '--count', 'HEAD')).trim()).toBe('1');
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 2 });
  });

  it('asks on a terminal, after it showed what is signed', async () => {
    const { place, file } = await asked();
    const env = { ...place.env, ...boss.env };
    const args = ['-C', place.root, 'campaign', 'approve', 'Fair', '--as', 'boss'];
    const no = await session(args, [['Approve this as boss?', 'n\r']], { env });
    if (!no) return;
    expect(no.stdout).toContain('To the fair');
    expect(no.code).toBe(130);
    expect(place.read(file)).not.toContain('approvals');
    const yes = await session(args, [['Approve this as boss?', 'y\r']], { env });
    expect(yes?.code).toBe(0);
    expect(place.read(file)).toContain('by: boss');
  });

  it('is welcome where nobody asks for it', async () => {
    const { place } = await asked('none');
    const run = await place.itaca(approve('boss'), anna);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('asks for no approval');
    expect((await place.itaca(send, anna)).json).toMatchObject({ sent: 2 });
  });
});

describe('what is approved', () => {
  it('is shown whole: sender, each subject and text, attachments, and to whom', async () => {
    const { place, file, folder } = await asked('none');
    const long = Array.from({ length: 40 }, (_, n) => `Line ${n + 1} of it.`).join('\n');
    place.write(`${folder}/body.md`, `${long}\n`);
    place.write(`${folder}/body.de.md`, `Hallo\n\n${long.replaceAll('Line', 'Zeile')}\n`);
    place.write(`${folder}/plan.txt`, 'Hall 4');
    place.edit(
      file,
      'subject: Come',
      'from: Fair <fair@example.org>\nattachments: [plan.txt]\nsubject: {"*": Come, de: Kommt}',
    );
    const { stdout, code } = await place.itaca(
      ['campaign', 'approve', 'Fair', '--as', 'boss', '--dry-run'],
      boss,
    );
    expect(code).toBe(0);
    for (const said of [
      'from: Fair <fair@example.org>',
      'subject: Come',
      'subject (de): Kommt',
      'attachments: plan.txt',
      '2 in the audience = 2 to send + 0 left out',
      'Line 40 of it.',
      'text (de):',
      'Zeile 40 of it.',
    ])
      expect(stdout).toContain(said);
  });

  it.each(['none', 'four_eyes'])('is approved by members alone, with the rule %s', async (rule) => {
    const { place, file } = await asked(rule);
    const stranger = {
      env: { ...by('zoe').env, USER: 'zoe', LOGNAME: 'zoe', GIT_CONFIG_GLOBAL: '/dev/null' },
    };
    await place.git('config', 'user.email', 'zoe@example.org');
    const before = place.read(file);
    const refused = await place.itaca(['campaign', 'approve', 'Fair', '--json'], stranger);
    expect(refused).toMatchObject({
      code: 6,
      error: { message: expect.stringMatching(/^this approval would not count: \S+ is no member$/) },
    });
    expect(place.read(file)).toBe(before);
  });

  it('by nobody of the house is void, is not called approved, and any member takes it back', async () => {
    const { place, file } = await asked();
    const entry = `approvals:\n  - by: root\n    at: 2026-11-20T08:00:00+01:00\n    content_sha256: ${'a'.repeat(64)}\n`;
    place.edit(file, 'state: draft\n', `state: approved\n${entry}`);
    await place.git('commit', '-qam', 'by hand');
    expect((await place.itaca(['check', file])).stdout).toContain('root');
    const env = { ...place.env, ...anna.env };
    const status = await terminal(['-C', place.root, 'campaign', 'status', 'Fair'], { env });
    if (status) expect(status.stdout).toContain('Fair: approval void');
    const revoked = await place.itaca(approve('anna', '--revoke'), anna);
    expect(revoked).toMatchObject({ code: 0, json: { by: 'anna', state: 'draft' } });
    expect(place.read(file)).toMatch(/revoked: true\n\s+of: root/);
    expect((await place.itaca(['check', file])).stdout).toBe('');
    expect(await place.itaca(approve('anna', '--revoke'), anna)).toMatchObject({ code: 6 });
  });
});

describe('the rule of approvals', () => {
  it.each([
    ['sometimes', 'expected none, four_eyes or other_office'],
    ['{rule: four_eyes, abov: 3}', 'Unrecognized key: "abov"'],
    ['{rule: 4}', 'expected none, four_eyes or other_office'],
    ['{rule: four_eyes, above: -1}', 'approval.above: expected a whole number'],
    ['{rule: four_eyes, purposes: [letters]}', 'no purpose "letters"'],
  ])('%s is told by check', async (rule, message) => {
    const { place } = await asked();
    place.edit('itaca.yaml', '\napproval: four_eyes', `\napproval: ${rule}`);
    const { code, json } = await place.itaca(['check', '--json']);
    expect(code).not.toBe(0);
    expect(json.map((one: { message: string }) => one.message).join()).toContain(message);
  });
});
