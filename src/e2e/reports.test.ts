import { describe, expect, it } from 'vitest';
import { type Place, terminal, workspace } from './harness.js';

const mario = 'mario-rossi-aaaaaaaaaa';
const zeno = 'zeno-neri-bbbbbbbbbb';

/** A workspace of two offices with a little of everything. The time of the tests is Friday 2026-11-20, 11:00 in Rome. */
async function office(): Promise<Place> {
  const place = await workspace();
  const settings = place.read('itaca.yaml').replace(/^(?:members|offices):\n(?: {2}.*\n)+/gm, '');
  place.write(
    'itaca.yaml',
    `${settings}members:\n  anna: {name: Anna, office: sales}\n  dino: {name: Dino, office: club}\n` +
      'offices:\n  sales: {name: Sales}\n  club: {name: Club}\n',
  );
  place.write(`contacts/${mario}.md`, '---\nname: Mario Rossi\nemails: [mario@example.it]\n---\n');
  place.write(`contacts/${zeno}.md`, '---\nname: Zeno Neri\nemails: [zeno@example.it]\n---\n');
  return place;
}

let made = 0;

/** Writes a record as a person would, and gives its reference. */
function put(place: Place, folder: string, name: string, lines: string[], note = ''): string {
  const id = `cccccc${String(1000 + made++)}`;
  place.write(`${folder}/${name}-${id}.md`, `---\n${lines.join('\n')}\n---\n${note}`);
  return `${name}-${id}`;
}

const interaction = (place: Place, at: string, ...lines: string[]) =>
  put(place, `interactions/${at.slice(0, 4)}/${at.slice(5, 7)}`, 'talk', [`at: ${at}`, ...lines]);

const promise = (place: Place, what: string, ...lines: string[]) =>
  put(place, 'promises', 'promise', [`what: ${what}`, ...lines]);

describe.concurrent('report promises', () => {
  it('counts what became of them, and proves the broken ones by the customer who came back', async () => {
    const place = await office();
    const by = ['by: dino', `to: ${mario}`, 'made_at: 2026-10-01T09:00:00+02:00'];
    const broken = promise(place, 'ring him', ...by, 'due: 2026-10-05');
    const late = promise(place, 'send it', ...by, 'due: 2026-10-06', 'kept_at: 2026-10-09T09:00:00+02:00');
    promise(place, 'in time', ...by, 'due: 2026-10-06', 'kept_at: 2026-10-06T23:00:00+02:00');
    promise(place, 'some day', 'by: anna', `to: ${zeno}`, 'made_at: 2026-11-01T09:00:00+01:00');
    promise(
      place,
      'never mind',
      'by: anna',
      'made_at: 2026-11-01T09:00:00+01:00',
      'due: 2026-11-02',
      'cancelled_at: 2026-11-01T10:00:00+01:00',
    );
    const call = ['channel: phone', 'direction: inbound'];
    interaction(place, '2026-10-05T18:00:00+02:00', ...call, `contacts: [${mario}]`);
    interaction(place, '2026-10-06T08:00:00+02:00', ...call, `contacts: [${zeno}]`);
    interaction(
      place,
      '2026-10-06T09:00:00+02:00',
      'channel: phone',
      'direction: outbound',
      `contacts: [${mario}]`,
    );
    const proof = interaction(place, '2026-10-07T08:00:00+02:00', ...call, `contacts: [${zeno}, ${mario}]`);
    interaction(place, '2026-10-08T08:00:00+02:00', ...call, `contacts: [${mario}]`);

    const report = (await place.ok('report', 'promises', '--json')).json;
    expect(report).toMatchObject({ since: null, until: null, group_by: 'member' });
    expect(report.groups).toEqual([
      {
        member: 'anna',
        made: 2,
        kept: 0,
        kept_late: 0,
        broken: 0,
        open: 1,
        cancelled: 1,
        share_kept: null,
        share_in_time: null,
      },
      {
        member: 'dino',
        made: 3,
        kept: 2,
        kept_late: 1,
        broken: 1,
        open: 0,
        cancelled: 0,
        share_kept: 0.667,
        share_in_time: 0.333,
      },
    ]);
    expect(report.total).toMatchObject({ made: 5, kept: 2, broken: 1 });
    const proven = { proof, proof_at: '2026-10-07T08:00:00+02:00', name: 'Mario Rossi' };
    expect(report.broken).toMatchObject([
      { ref: broken, state: 'broken', due: '2026-10-05', ...proven },
      { ref: late, state: 'kept', due: '2026-10-06', ...proven },
    ]);

    expect((await place.ok('report', 'promises', '--list', '--fields', 'ref,proof')).stdout).toBe(
      `${broken}\t${proof}\n${late}\t${proof}\n`,
    );
    expect((await place.ok('promise', 'list', '--state', 'broken', '--json')).json).toMatchObject([
      { ref: broken, state: 'broken', kept_late: false, proof, proof_at: proven.proof_at },
    ]);
    expect((await place.ok('show', broken, '--json')).json).toMatchObject({ state: 'broken', proof });

    const months = await place.ok(
      'report',
      'promises',
      '--group-by',
      'month',
      '--csv',
      '--fields',
      'month,made',
    );
    expect(months.stdout).toBe('month,made\n2026-10,3\n2026-11,2\n');
    const customers = (await place.ok('report', 'promises', '--group-by', 'customer', '--json')).json;
    expect(
      customers.groups.map((row: { customer: string; name?: string }) => [row.customer, row.name]),
    ).toEqual([
      [mario, 'Mario Rossi'],
      [zeno, 'Zeno Neri'],
      [null, undefined],
    ]);
    const only = (
      await place.ok('report', 'promises', '--since', '2026-11-01', '--group-by', 'office', '--json')
    ).json;
    expect(only.groups).toMatchObject([{ office: 'sales', made: 2 }]);
    expect((await place.itaca(['report', 'promises', '--fail-if-any'])).code).toBe(1);
    expect((await place.itaca(['report', 'promises', '--since', '2026-11-01', '--fail-if-any'])).code).toBe(
      0,
    );
  });

  it('knows a customer who was merged into another', async () => {
    const place = await office();
    const made = ['by: dino', `to: ${mario}`, 'made_at: 2026-10-01T09:00:00+02:00', 'due: 2026-10-05'];
    const broken = promise(place, 'ring him', ...made);
    const proof = interaction(
      place,
      '2026-10-07T08:00:00+02:00',
      'channel: phone',
      'direction: inbound',
      `contacts: [${zeno}]`,
    );
    await place.git('add', '-A');
    await place.git('commit', '-qm', 'by hand');
    await place.ok('contact', 'merge', mario, zeno, '--yes');
    expect((await place.ok('report', 'promises', '--json')).json.broken).toMatchObject([
      { ref: broken, proof },
    ]);
  });

  it('finds the one of the book club', async () => {
    const place = await workspace({ example: 'bookclub' });
    expect((await place.ok('report', 'promises', '--list', '--json')).json).toMatchObject([
      { by: 'dino', name: 'Teresa Marchetti', proof: 'nobody-has-rung-0xdpzb07mh' },
    ]);
  });
});

describe.concurrent('log --keeps', () => {
  it('keeps a promise by what was done, in one commit, and only once', async () => {
    const place = await office();
    const which = promise(
      place,
      'ring him',
      'by: dino',
      `to: ${mario}`,
      'made_at: 2026-11-19T09:00:00+01:00',
      'due: 2026-11-19',
    );
    await place.git('add', '-A');
    await place.git('commit', '-qm', 'by hand');
    const before = place.tree();
    const line = ['log', 'phone', 'mario@example.it', 'told him the date', '--out', '--keeps', which];
    const dry = await place.itaca([...line, '--dry-run', '--json', '--as', 'dino']);
    expect(dry).toMatchObject({ code: 0 });
    expect(place.tree()).toEqual(before);

    const commits = await place.commits();
    const { json } = await place.itaca([...line, '--json', '--as', 'dino']);
    expect(json.keeps).toMatchObject({ ref: which, kept_at: '2026-11-20T11:00:00+01:00', kept_in: json.ref });
    expect(await place.commits()).toBe(commits + 1);
    expect(place.read(`promises/${which}.md`)).toContain(`kept_in: ${json.ref}\n`);
    expect((await place.ok('report', 'promises', '--json')).json.total).toMatchObject({
      kept: 1,
      kept_late: 1,
    });

    const after = place.tree();
    const again = await place.itaca([...line, '--json', '--as', 'dino']);
    expect(again.code).toBe(5);
    expect(again.error).toMatchObject({ code: 'conflict', path: `promises/${which}.md` });
    expect(place.tree()).toEqual(after);
    expect(await place.itaca(['check', 'promises', 'interactions'])).toMatchObject({ code: 0 });
  });

  it('warns where it was promised to somebody else, and refuses what lies before the promise', async () => {
    const place = await office();
    const which = promise(
      place,
      'ring him',
      'by: dino',
      `to: ${mario}`,
      'made_at: 2026-11-19T09:00:00+01:00',
    );
    const line = ['log', 'phone', 'zeno@example.it', 'told his brother', '--keeps', which, '--as', 'dino'];
    const early = await place.itaca([...line, '--at', '2026-11-18']);
    expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining('made later') });
    const other = await place.itaca(line);
    expect(other).toMatchObject({ code: 0, stderr: expect.stringContaining('promised to Mario Rossi') });
  });
});

/** Cases, contacts and a promise of two weeks. */
async function busy(): Promise<Place> {
  const place = await office();
  const history = (...entries: string[]) => ['history:', ...entries.map((entry) => `  - {${entry}}`)];
  put(place, 'cases', 'late-lamp', [
    'title: Late lamp',
    'type: complaint',
    'state: resolved',
    'owner: dino',
    'office: club',
    'cause: supplier',
    'remedy: {what: new lamp, cost: {amount: "12.50", currency: EUR}}',
    'opened_at: 2026-11-10T09:00:00+01:00',
    ...history(
      'at: 2026-11-10T09:00:00+01:00, by: anna, to: new',
      'at: 2026-11-10T10:00:00+01:00, by: anna, owner: dino',
      'at: 2026-11-20T09:00:00+01:00, by: dino, from: new, to: resolved',
    ),
  ]);
  put(place, 'cases', 'wrong-lamp', [
    'title: Wrong lamp',
    'state: closed',
    'owner: anna',
    'cause: supplier',
    'remedy: {what: discount, cost: "3.25"}',
    'opened_at: 2026-10-10T09:00:00+01:00',
    ...history('at: 2026-10-11T09:00:00+01:00, by: anna, from: open, to: closed'),
  ]);
  put(place, 'cases', 'no-lamp', [
    'title: No lamp',
    'state: open',
    'owner: anna',
    'opened_at: 2026-11-20T09:30:00+01:00',
    ...history(
      'at: 2026-11-20T09:30:00+01:00, to: new',
      'at: 2026-11-20T10:00:00+01:00, by: anna, from: new, to: open, asked: dino',
    ),
  ]);
  promise(
    place,
    'send it',
    'by: anna',
    `to: ${mario}`,
    'made_at: 2026-11-20T10:00:00+01:00',
    'due: 2026-11-22',
  );
  const call = ['channel: phone', 'by: anna', 'minutes: 7', `contacts: [${mario}]`];
  interaction(place, '2026-11-20T10:00:00+01:00', ...call, 'direction: inbound');
  interaction(place, '2026-11-12T10:00:00+01:00', ...call, 'direction: outbound', 'outcome: reached');
  interaction(place, '2026-11-12T11:00:00+01:00', ...call, 'direction: outbound', 'outcome: no_answer');
  interaction(
    place,
    '2026-10-12T11:00:00+02:00',
    'channel: email',
    'direction: outbound',
    'by: dino',
    `contacts: [${zeno}]`,
  );
  return place;
}

describe.concurrent('report workload', () => {
  it('says who has what to do, and who makes work for whom', async () => {
    const place = await busy();
    const report = (await place.ok('report', 'workload', '--since', '2w', '--json')).json;
    expect(report).toMatchObject({ since: '2026-11-06T00:00:00+01:00', until: '2026-11-20T11:00:00+01:00' });
    expect(report.groups).toMatchObject([
      {
        member: 'anna',
        open_cases: 1,
        open_promises: 1,
        overdue_promises: 0,
        due_soon: 1,
        minutes: 21,
        inbound: 1,
        arrivals: 1,
        completions: 0,
      },
      { member: 'dino', open_cases: 0, open_promises: 0, minutes: 0, arrivals: 1, completions: 1 },
    ]);
    expect(report.flows).toEqual([
      { from: 'anna', to: 'dino', opened: 1, handed_over: 1, asked: 1, total: 3 },
      { from: null, to: 'anna', opened: 1, handed_over: 0, asked: 0, total: 1 },
    ]);
    expect((await place.ok('report', 'workload', '--flows', '--since', '2w')).stdout).toBe(
      'anna\tdino\t1\t1\t1\t3\n\tanna\t1\t0\t0\t1\n',
    );
    const offices = (await place.ok('report', 'workload', '--group-by', 'office', '--json')).json;
    expect(offices.groups.map(({ office }: { office: string }) => office)).toEqual(['club', 'sales']);
    expect((await place.itaca(['report', 'workload', '--fail-if-any', '--quiet'])).code).toBe(0);
  });
});

describe.concurrent('report causes', () => {
  it('counts solved cases and sums up their remedies', async () => {
    const place = await busy();
    const report = (await place.ok('report', 'causes', '--json')).json;
    expect(report.groups).toMatchObject([
      { cause: 'supplier', cases: 2, share: 1, costs: { '': '3.25', EUR: '12.50' }, trend: [1, 1] },
    ]);
    expect(report.groups[0].refs).toHaveLength(2);
    expect(report.months).toEqual(['2026-10', '2026-11']);
    const recent = (await place.ok('report', 'causes', '--since', '1w', '--group-by', 'office', '--json'))
      .json;
    expect(recent.groups).toMatchObject([{ office: 'club', cases: 1 }]);
    expect(await place.itaca(['report', 'causes', '--fail-if-any', '--quiet'])).toMatchObject({ code: 1 });
    expect((await place.itaca(['report', 'causes', '--since', '2026-11-21', '--fail-if-any'])).code).toBe(0);
  });
});

describe.concurrent('report activity', () => {
  it('is a digest to be mailed, and silence where nothing happened', async () => {
    const place = await busy();
    const run = await place.ok('report', 'activity', '--since', '2026-11-20');
    expect(run.stdout.replace(/cccccc\d+/g, 'ID')).toBe(
      [
        'Since 2026-11-20 00:00',
        '',
        'club',
        '  cases: 1 ended',
        '    resolved: Late lamp (late-lamp-ID)',
        '',
        'sales',
        '  contacts: phone 1 in (7 min)',
        '  cases: 1 moved',
        '  promises: 1 made',
        '',
        'no office on file',
        '  cases: 1 opened',
        '    opened: No lamp (no-lamp-ID)',
        '',
      ].join('\n'),
    );
    const quiet = ['report', 'activity', '--since', '2026-11-20 10:30', '--quiet'];
    expect(await place.itaca(quiet)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect((await place.ok(...quiet, '--json')).json.groups).toEqual([]);
    const members = (await place.ok('report', 'activity', '--since', '2w', '--group-by', 'member', '--json'))
      .json;
    expect(members.groups).toMatchObject([
      { member: 'anna', channels: { phone: { inbound: 1, outbound: 2 } }, minutes: 21, cases_opened: 1 },
      { member: 'dino', cases_ended: 1 },
      { member: null, cases_opened: 1 },
    ]);
    expect((await place.itaca(['report', 'activity', '--since', '2w', '--fail-if-any', '--csv'])).code).toBe(
      1,
    );
  });
});

describe.concurrent('report personal', () => {
  it('sets what was from person to person against what campaigns sent', async () => {
    const place = await busy();
    const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
    for (const path of [`contacts/${mario}.md`, `contacts/${zeno}.md`])
      place.edit(path, 'emails:', `consents:\n  - ${consent}\nemails:`);
    place.edit(
      'itaca.yaml',
      '  # postal_address: Via Roma 1',
      '  bounce_address: b@example.org\n  postal_address: Via Roma 1',
    );
    place.write(
      'campaigns/news-nnnnnnnnnn/campaign.md',
      '---\ntitle: News\noffice: sales\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: Hello\nstate: draft\n---\n',
    );
    place.write('campaigns/news-nnnnnnnnnn/body.md', 'Hello\n');
    await place.git('add', '-A');
    await place.git('commit', '-qm', 'by hand');
    const send = [
      'campaign',
      'send',
      'News',
      '--confirm',
      'News',
      '--yes',
      '--no-input',
      '--json',
      '--as',
      'anna',
    ];
    expect((await place.ok(...send)).json).toMatchObject({ sent: 2 });

    const report = (await place.ok('report', 'personal', '--json')).json;
    expect(report.groups).toEqual([
      { office: 'club', personal: 0, automated: 0, other: 1, share_personal: null },
      { office: 'sales', personal: 2, automated: 2, other: 0, share_personal: 0.5 },
    ]);
    expect(report.total).toMatchObject({ personal: 2, automated: 2, other: 1 });
    expect((await place.ok('report', 'personal', '--group-by', 'customer')).stdout).toBe(
      `${zeno}\t0\t1\t1\t0\n${mario}\t2\t1\t0\t0.667\n`,
    );
    expect((await place.ok('report', 'personal', '--group-by', 'month')).stdout).toBe(
      '2026-10\t0\t0\t1\t\n2026-11\t2\t2\t0\t0.5\n',
    );
    const failing = ['report', 'personal', '--group-by', 'customer', '--fail-if-any'];
    expect((await place.itaca(failing)).code).toBe(1);
    expect((await place.ok('report', 'activity', '--since', '1h', '--json')).json.groups).toMatchObject([
      { office: 'sales', messages_sent: 2, sent: [{ title: 'News', messages: 2 }] },
    ]);

    // A journal that cannot be trusted is told, and stops no report.
    const [journal = ''] = place.files('campaigns').filter((path) => /\d{4}.*jsonl$/.test(path));
    place.edit(journal, 'mario@example.it', 'mario@example.com');
    const torn = await place.itaca(['report', 'personal', '--json']);
    expect(torn).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('the sends of "News" are not counted'),
    });
    expect(torn.json.total).toMatchObject({ automated: 0 });
  });
});

describe.concurrent('every report', () => {
  const reports = [
    ['promises'],
    ['promises', '--list'],
    ['workload'],
    ['workload', '--flows'],
    ['causes'],
    ['activity'],
    ['personal'],
    ['personal', '--group-by', 'customer'],
    ['personal', '--group-by', 'month'],
  ];

  it('says nothing of nothing', async () => {
    const place = await workspace();
    for (const report of reports) {
      const run = await place.ok('report', ...report, '--json', '--fail-if-any');
      expect(Array.isArray(run.json) ? run.json : run.json.groups, report.join(' ')).toEqual(
        report[0] === 'workload' && report.length === 1 ? [expect.objectContaining({ member: 'anna' })] : [],
      );
    }
  });

  it('lives with broken records', async () => {
    const place = await busy();
    put(place, 'cases', 'broken', ['title: [x', 'state: closed']);
    put(place, 'cases', 'odd', [
      'state: closed',
      'owner: [a, b]',
      'opened_at: soon',
      'history: never',
      'remedy: none',
    ]);
    put(place, 'cases', 'odder', [
      'title: T',
      'state: closed',
      'opened_at: 2026-11-19T10:00:00+01:00',
      'history: [7, {at: 8, to: [x]}]',
    ]);
    put(place, 'cases', 'oddest', [
      'title: {a: b}',
      'state: open',
      'opened_at: 2026-11-19',
      'history: {at: 8}',
    ]);
    promise(place, '7', 'to: nobody', 'due: soon', 'made_at: once', 'by: [a]');
    promise(place, '{a: b}', `to: [${mario}]`, 'due: 2026-10-01', 'kept_in: [x]');
    promise(place, 'x', `to: ${mario}`, 'due: 2026-10-01', 'kept_at: soon');
    interaction(
      place,
      '2026-11-20T10:15:00+01:00',
      'channel: smoke',
      'direction: [up]',
      'contacts: 7',
      'minutes: long',
    );
    interaction(
      place,
      '9999-12-31T23:59:59Z',
      'channel: phone',
      'direction: inbound',
      `contacts: [${mario}]`,
    );
    put(place, 'interactions', 'blank', []);
    place.write('promises/nul-dddddddddd.md', '---\nwhat: a\0b\ndue: 2026-10-01\n---\n');
    for (const report of reports) {
      const run = await place.itaca(['report', ...report, '--json']);
      expect(run, `${report.join(' ')}: ${run.stderr}`).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('warning'),
      });
      expect(run.json).toBeTruthy();
      const csv = await place.itaca(['report', ...report, '--csv', '--quiet']);
      expect(csv, report.join(' ')).toMatchObject({ code: 0, stderr: '' });
    }
    for (const command of [
      ['promise', 'list'],
      ['review', 'sample', '--for', 'anna'],
      ['review', 'list'],
    ])
      expect(await place.itaca([...command, '--json']), command.join(' ')).toMatchObject({ code: 0 });
  });

  it('refuses a period that is none', async () => {
    const place = await workspace();
    for (const [report = ''] of reports) {
      expect((await place.itaca(['report', report, '--since', 'soonish'])).code).toBe(2);
      const never = await place.itaca([
        'report',
        report,
        '--since',
        '2026-10-02',
        '--until',
        '2026-10-01',
        '--json',
      ]);
      expect(never.error).toMatchObject({
        code: 'usage',
        message: expect.stringContaining('there is no time'),
      });
      expect((await place.itaca(['report', report, '--group-by', 'mood'])).code).toBe(2);
    }
  });

  it('draws on a terminal', async () => {
    const place = await busy();
    const causes = await terminal(['-C', place.root, 'report', 'causes'], { env: place.env });
    if (causes) expect(causes.stdout).toMatch(/supplier +2 +100 % █{8} +0 +0 +3\.25, 12\.50 EUR +0 +██/);
    const personal = await terminal(['-C', place.root, 'report', 'personal', '--group-by', 'customer'], {
      env: place.env,
    });
    if (personal) expect(personal.stdout).toMatch(/Mario Rossi +2 +0 +0 +100 % █{8}/);
  });
});
