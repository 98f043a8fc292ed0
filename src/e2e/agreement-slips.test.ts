import { describe, expect, it } from 'vitest';
import { type Place, type Run, workspace } from './harness.js';

const mario = 'mario@example.it';
const rita = 'rita@example.it';

/** A firm with two customers and an agreement of each: `PN-1` is Mario's, `PN-2` Rita's. */
async function firm(): Promise<Place> {
  const place = await workspace();
  for (const [name, email, id] of [
    ['Mario Rossi', mario, 'mmmmmmmmmm'],
    ['Rita Bassi', rita, 'rrrrrrrrrr'],
  ])
    place.write(
      `contacts/p-${id}.md`,
      `---\nname: ${name}\nemails: [${email}]\nlanguage: it\nconsents:\n  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}\n---\n`,
    );
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'customers');
  for (const [who, number] of [
    [mario, 'PN-1'],
    [rita, 'PN-2'],
  ])
    await place.ok('agreement', 'open', who as string, '--number', number as string, '--start', '2026-01-01');
  return place;
}

/** What a command fails with. */
async function fault(place: Place, code: number, ...args: string[]) {
  const run: Run = await place.itaca([...args, '--json']);
  expect(run.code, `${args.join(' ')}: ${run.stdout}`).toBe(code);
  return run.error;
}
const commits = async (place: Place) => (await place.git('rev-list', '--count', 'HEAD')).trim();
const cancel = ['agreement', 'cancel', 'PN-1', 'Disdico', '--channel', 'letter', '--at', '2026-11-18 10:00'];

describe.concurrent('a word that ends an agreement', () => {
  it('is noticed when it is logged, and by verify until it is on record', async () => {
    const place = await firm();
    const log = ['log', 'phone', mario, 'Voglio disdire il contratto PN-1', '--in', '--agreement', 'PN-1'];
    const { stderr, json } = await place.ok(...log, '--json');
    expect(stderr).toContain(`itaca agreement cancel PN-1 --in ${json.ref}`);
    const { json: found } = await place.itaca(['agreement', 'verify', '--json']);
    expect(found).toMatchObject([{ finding: 'not_recorded', number: 'PN-1', evidence: json.ref }]);
    await place.ok('agreement', 'cancel', 'PN-1', '--in', json.ref);
    expect((await place.itaca(['agreement', 'verify', '--json'])).json).toEqual([]);
    expect((await place.ok(...log)).stderr).toBe('');
    const other = ['log', 'phone', rita, 'Quando arriva il prossimo libro?', '--in', '--agreement', 'PN-2'];
    expect((await place.ok(...other)).stderr).not.toContain('cancel');
  });

  it('stands where somebody takes it back by hand in the state alone', async () => {
    const place = await firm();
    const { json } = await place.ok(...cancel, '--json');
    await place.ok('case', 'reject', json.case, '--why', 'a mistake');
    place.edit(json.path, 'state: cancel_requested', 'state: active');
    const { json: open } = await place.ok('agreement', 'list', '--unconfirmed', '--json');
    expect(open).toMatchObject([{ number: 'PN-1', state: 'active' }]);
    const news = ['campaign', 'new', 'News', '--purpose', 'newsletter', '--audience', 'kind:contact'];
    await place.ok(...news, '--subject', 'Hello', '--body', 'Hello');
    const { json: preview } = await place.ok('campaign', 'preview', 'News', '--json');
    const details = preview.people.map((one: { detail?: string }) => one.detail);
    expect(details).toContainEqual(expect.stringContaining('by its history it is to end'));
  });

  it('is told of to whoever takes an order of that person, or enrols him', async () => {
    const place = await firm();
    await place.ok(...cancel);
    place.write(
      'sequences/hello.yaml',
      'title: Hello\npurpose: newsletter\nsteps:\n  - {id: a, after: PT0S, channel: email, subject: Hi, body: Hi}\n',
    );
    const enrol = ['sequence', 'enroll', 'hello', mario, rita];
    const { stderr } = await place.ok(...enrol);
    expect(stderr).toContain('Mario Rossi: agreement PN-1: cancel requested');
    expect(stderr).not.toContain('Rita');
    const order = await place.ok('order', 'add', 'O-1', mario, '--line', '1 x Danubio');
    expect(order.stderr).toContain('agreement PN-1: cancel requested');
  });
});

describe.concurrent('the written confirmation', () => {
  it('that left as a letter answers the case and resolves it; a second time it changes nothing', async () => {
    const place = await firm();
    const { json: asked } = await place.ok(...cancel, '--json');
    const letter = (await place.ok('log', 'letter', mario, 'Confermiamo la fine.', '--out', '--json')).json
      .ref;
    await place.ok('agreement', 'confirm', 'PN-1', '--in', letter);
    const kase = (await place.ok('case', 'show', asked.case, '--json')).json;
    expect(kase).toMatchObject({ state: 'resolved', owner: 'anna' });
    expect((await place.ok('show', letter, '--json')).json).toMatchObject({ case: asked.case });
    expect(kase.clocks.filter((one: { ended_at: unknown }) => one.ended_at === null)).toEqual([]);
    const before = await commits(place);
    // The agreement is terminated by then, or still to end: confirmed it is either way.
    const again = await fault(place, 5, 'agreement', 'confirm', 'PN-1', '--in', letter);
    expect(again.message).toContain('confirmed already');
    expect(await commits(place)).toBe(before);
    await place.ok('undo', '--yes');
    expect((await place.ok('agreement', 'show', 'PN-1', '--json')).json.state).toBe('cancel_requested');
  });

  it('of a day to come is not confirmed twice either', async () => {
    const place = await firm();
    await place.ok(...cancel);
    const confirm = ['agreement', 'confirm', 'PN-1'];
    const { json } = await place.ok(
      ...[...confirm, 'Finisce il 31 dicembre 2026.', '--channel', 'email'],
      ...['--effective', '2026-12-31', '--json'],
    );
    expect((await place.ok('case', 'show', json.case, '--json')).json.state).toBe('resolved');
    const before = await commits(place);
    expect((await fault(place, 5, ...confirm, '--in', json.interaction)).message).toContain('already');
    expect((await fault(place, 5, ...confirm)).message).toContain('already');
    expect(await commits(place)).toBe(before);
  });

  it('is no call, and hints can be typed as they stand', async () => {
    const place = await firm();
    await place.ok(...cancel);
    const call = await fault(place, 6, 'agreement', 'confirm', 'PN-1', 'It is over', '--channel', 'phone');
    expect(call.message).toContain('this does not confirm it in writing: a call is nothing in writing');
    expect((await fault(place, 5, ...cancel)).hint).toContain('itaca agreement show PN-1');
    expect((await fault(place, 6, 'agreement', 'confirm', 'PN-2')).hint).toContain('cancel PN-2');
    const old = ['log', 'letter', mario, 'Gentile cliente', '--out', '--at', '2026-11-02 10:00', '--json'];
    const early = (await place.ok(...old)).json.ref;
    expect((await fault(place, 2, 'agreement', 'confirm', 'PN-1', '--in', early)).hint).not.toContain('--at');
    const late = ['log', 'phone', rita, 'x', '--at', '2027-01-01'];
    await fault(place, 2, ...late);
    const shown = await fault(
      place,
      2,
      ...cancel.slice(0, -1).map((one) => (one === 'PN-1' ? 'PN-2' : one)),
      '2027-01-01',
    );
    expect(shown.hint).toContain('--at "2026-11-19 15:30"');
  });
});

describe.concurrent('an order', () => {
  it('counts for an agreement of its own customer, promised for later, of something', async () => {
    const place = await firm();
    const add = ['order', 'add', 'O-1', mario, '--line', '1 x Danubio'];
    expect((await fault(place, 6, ...add, '--agreement', 'PN-2')).message).toContain('not of Mario Rossi');
    expect((await fault(place, 2, ...add, '--promised', '2026-11-01')).message).toContain('before placed_at');
    for (const line of ['0 x Danubio', '-2 x Danubio']) await fault(place, 2, ...add, '--line', line);
    await place.ok(...add, '--agreement', 'PN-1', '--promised', '2026-11-25');
    expect((await place.itaca(['check'])).code).toBe(0);
  });

  it('that the shop has cancelled comes in cancelled, and what lies in the future not at all', async () => {
    const place = await firm();
    place.write(
      'shop.csv',
      `Order number,Email,Order date,Shipped at,Status
A1,${mario},2026-09-01,,cancelled
A2,${mario},2026-09-02,2026-09-03,shipped
A3,${mario},2026-09-03,2027-09-03,shipped
A4,${mario},2027-09-03,,paid
A5,${mario},2026-09-04,,quux
`,
    );
    const load = ['import', 'orders', place.path('shop.csv'), '--yes', '--json'];
    const { json } = await place.itaca(load);
    expect(json).toMatchObject({ created: 2, refused: 3 });
    expect(json.errors.map(({ line }: { line: number }) => line)).toEqual([4, 5, 6]);
    const states = async () =>
      (await place.ok('order', 'list', '--all', '--json')).json
        .map((one: { number: string; state: string; cancelled_at?: string }) => [
          one.number,
          one.state,
          one.cancelled_at,
        ])
        .sort();
    expect(await states()).toEqual([
      ['A1', 'cancelled', '2026-09-01'],
      ['A2', 'shipped', undefined],
    ]);
    expect((await place.itaca(load)).json).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      differs: [],
    });
    // What was open on file ends when the shop says so, and not before it was shipped.
    place.write('shop.csv', `Order number,Email,Annullato\nA2,${mario},sì\n`);
    expect((await place.itaca(load)).json).toMatchObject({ updated: 1, refused: 0 });
    expect(await states()).toContainEqual(['A2', 'cancelled', '2026-09-03']);
    expect((await place.itaca(['check'])).code).toBe(0);
  });
});

describe.concurrent('a firm', () => {
  it('has a domain, also of the address of its page', async () => {
    const place = await workspace();
    const add = (domain: string) => ['company', 'add', '--name', 'ACME', '--domain', domain];
    await fault(place, 2, ...add('the web'));
    expect((await place.ok(...add('https://www.acme.example/'), '--json')).json.domains).toEqual([
      'acme.example',
    ]);
    expect((await place.itaca(['check'])).code).toBe(0);
  });

  it.each([
    ['the holding', 'Holding', 'Sub'],
    ['the subsidiary', 'Sub', 'Holding'],
  ])('that is merged into %s does not belong to itself', async (_what, survivor, other) => {
    const place = await workspace();
    for (const name of ['Top', 'Holding', 'Sub']) await place.ok('company', 'add', '--name', name);
    await place.ok('company', 'set', 'Holding', 'parent=Top');
    await place.ok('company', 'set', 'Sub', 'parent=Holding');
    const { json: before } = await place.ok('company', 'show', 'Sub', '--json');
    await place.ok('company', 'merge', survivor, other, '--yes');
    const { json } = await place.ok('company', 'show', survivor, '--json');
    expect(json.parent).toMatch(/^top-/);
    expect((await place.itaca(['check'])).code).toBe(0);
    await place.ok('company', 'unmerge', other, '--yes');
    expect((await place.ok('company', 'show', 'Sub', '--json')).json.parent).toBe(before.parent);
  });
});
