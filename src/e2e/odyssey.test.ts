import { beforeAll, describe, expect, it } from 'vitest';
import { itaca, type Place, workspace } from './harness.js';

// A customer's odyssey through three months, on the example of the book club: what she ordered does not come, nobody
// answers, what was promised is not kept, she cancels. Each failure is named on the day it happens.

const who = 'noemi.galliani@example.it';

let place: Place;
let complaint: string;
let cancellation: string;
let order: string;
let promised: string;

/** Runs the program on a day of the story, by default as Carla of customer service. */
async function on(moment: string, args: string[], as = 'carla') {
  return itaca(['-C', place.root, ...args], {
    env: { ...place.env, ITACA_NOW: moment, ITACA_ACTOR: as },
  });
}

async function ok(moment: string, args: string[], as?: string) {
  const run = await on(moment, args, as);
  if (run.code !== 0) throw new Error(`${args.join(' ')}: exit ${run.code}: ${run.stderr}${run.stdout}`);
  return run;
}

/** What `report gaps` says of this customer on a day: the kinds, in the order in which they should have happened. */
async function gaps(moment: string): Promise<string[]> {
  const { json } = await ok(moment, ['report', 'gaps', '--json']);
  return json
    .filter((gap: { for: string }) => gap.for === 'Noemi Galliani')
    .map((gap: { gap: string }) => gap.gap);
}

/** Levels that a tick of cron raises the cases of this story to, and that a second tick of that day does nothing. */
async function tick(moment: string): Promise<string[]> {
  const { json } = await ok(moment, ['run', '--json'], 'boss');
  const head = await place.git('rev-parse', 'HEAD');
  const again = await ok(moment, ['run', '--json'], 'boss');
  expect(again.json).toMatchObject({ escalated: [], renewals: [], notices: [] });
  expect(await place.git('rev-parse', 'HEAD')).toBe(head);
  expect(await place.git('status', '--porcelain')).toBe('');
  return json.escalated
    .filter(({ case: ref }: { case: string }) =>
      [complaint, cancellation].some((id) => id && ref.endsWith(id)),
    )
    .map(({ level, why }: { level: string; why: string }) => `${level} ${why}`);
}

beforeAll(async () => {
  place = await workspace({ example: 'bookclub' });
  place.write(
    'orders/26-1200-0dyssey001.md',
    `---
number: 26-1200
contact: noemi-galliani-f7q3enfhx2
placed_at: 2026-12-01T10:00:00+01:00
channel: phone
lines:
  - sku: "8804"
    title: La grammatica del vento
    quantity: 1
promised_by: 2026-12-09
---
`,
  );
  order = '26-1200';
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'an order');
});

describe.sequential('the odyssey of a customer', () => {
  it('an order that does not come is a gap from the day after it was promised', async () => {
    expect(await gaps('2026-12-09T17:00:00+01:00')).toEqual([]);
    expect(await gaps('2026-12-10T09:00:00+01:00')).toEqual(['delivery']);
  });

  it('a complaint by mail begins a clock, and the same by fax joins it', async () => {
    const opened = await ok('2026-12-14T08:00:00+01:00', [
      ...['case', 'open', 'The book ordered on 1 December never came', '--contact', who, '--order', order],
      ...['--type', 'complaint', '--channel', 'email', '--json'],
    ]);
    complaint = opened.json.id;
    expect(opened.json).toMatchObject({
      state: 'new',
      office: 'club',
      opened_at: '2026-12-14T08:00:00+01:00',
    });

    place.write('fax.txt', 'The book I ordered never came.');
    const joined = await ok('2026-12-14T16:00:00+01:00', [
      ...['case', 'open', 'My book of 1 December never came', '--contact', who, '--type', 'complaint'],
      ...['--channel', 'fax', '--attach', place.path('fax.txt'), '--join', '--json'],
    ]);
    expect(joined.json).toMatchObject({ id: complaint, joined: { channel: 'fax', direction: 'inbound' } });
    expect(joined.json.joined.attachments[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    await place.git('clean', '-fq', 'fax.txt');

    const { json: shown } = await ok('2026-12-14T17:00:00+01:00', ['case', 'show', complaint, '--json']);
    expect(shown).toMatchObject({
      due_for: 'first_response',
      due_at: '2026-12-14T18:00:00+01:00',
      overdue: false,
    });
    expect(
      (await ok('2026-12-14T17:00:00+01:00', ['case', 'list', 'order:26-1200', '--json'])).json,
    ).toHaveLength(1);
  });

  it('gets a receipt with its number at once, and no second one', async () => {
    const { json } = await ok('2026-12-14T08:10:00+01:00', ['run', '--dry-run', '--json']);
    const receipts = (list: { kind: string }[]) => list.filter(({ kind }) => kind === 'receipt');
    expect(receipts(json.notices)).toMatchObject([{ state: 'waiting', to: 'f7q3enfhx2' }]);
    const sent = await ok('2026-12-14T08:10:00+01:00', ['run', '--json'], 'boss');
    expect(receipts(sent.json.notices)).toMatchObject([{ state: 'sent' }]);
    expect(receipts((await ok('2026-12-14T09:00:00+01:00', ['run', '--json'], 'boss')).json.notices)).toEqual(
      [],
    );
    const mail = place
      .files('outbox/new')
      .map((path) => place.read(path))
      .find((text) => text.includes(who));
    expect(mail).toMatch(/^Auto-Submitted: auto-replied\r?$/m);
    expect(mail).toContain(complaint);
  });

  it('is escalated through the levels while nobody answers', async () => {
    expect(await tick('2026-12-14T17:59:00+01:00')).toEqual([]);
    expect(await gaps('2026-12-14T18:30:00+01:00')).toEqual(['delivery', 'first_response']);
    expect(await tick('2026-12-14T18:30:00+01:00')).toEqual(['1 first response missed']);
    // A day without cron is caught up once.
    expect(await tick('2026-12-16T09:30:00+01:00')).toEqual(['2 first response missed']);
    const { json } = await ok('2026-12-16T10:00:00+01:00', ['report', 'cases', '--json']);
    expect(json.find(({ id }: { id: string }) => id === complaint)).toMatchObject({
      level: 2,
      overdue: true,
    });
    expect((await ok('2026-12-16T10:00:00+01:00', ['status', '--json'])).json.unowned).toMatchObject([
      { title: 'The book ordered on 1 December never came' },
    ]);
  });

  it('a hand-over must be accepted', async () => {
    await ok(
      '2026-12-16T10:30:00+01:00',
      ['case', 'assign', complaint, 'dino', '--why', 'he has the shelves'],
      'boss',
    );
    const waiting = await ok('2026-12-16T11:00:00+01:00', ['due', '--mine', '--json'], 'dino');
    expect(waiting.json.map(({ kind }: { kind: string }) => kind)).toContain('hand_over');
    expect(await gaps('2026-12-17T12:00:00+01:00')).toContain('hand_over');
    const other = await on('2026-12-17T12:00:00+01:00', ['case', 'accept', complaint], 'carla');
    expect(other).toMatchObject({ code: 5 });
    await ok('2026-12-17T12:30:00+01:00', ['case', 'accept', complaint], 'dino');
    expect(await gaps('2026-12-17T13:00:00+01:00')).toEqual(['delivery', 'first_response']);
  });

  it('the call that was promised is not made, and her own call proves it', async () => {
    const replied = await ok(
      '2026-12-17T15:00:00+01:00',
      [
        ...['case', 'reply', complaint, 'I look for it', '--channel', 'phone', '--outcome', 'reached'],
        ...['--promise', 'ring with the date', '--due', '2026-12-18', '--json'],
      ],
      'dino',
    );
    promised = replied.json.promise.id;
    const broken = async (moment: string) =>
      (await ok(moment, ['report', 'promises', '--json'])).json.broken.filter(({ ref }: { ref: string }) =>
        ref.endsWith(promised),
      );
    expect(await broken('2026-12-18T20:00:00+01:00')).toEqual([]);
    expect(await broken('2026-12-19T09:00:00+01:00')).toMatchObject([{ proof: null }]);
    expect(await gaps('2026-12-19T09:00:00+01:00')).toContain('promise');
    expect(await tick('2026-12-19T09:30:00+01:00')).toContain('3 a promise was not kept');

    await ok('2026-12-19T10:00:00+01:00', [
      ...['log', 'phone', who, 'Nobody has rung', '--in', '--outcome', 'reached', '--case', complaint],
    ]);
    const [proven] = await broken('2026-12-19T11:00:00+01:00');
    expect(proven.proof).toMatch(/^phone-noemi-galliani-/);
    expect(proven.proof_at).toBe('2026-12-19T10:00:00+01:00');
  });

  it('a cancellation cannot be closed without the written confirmation', async () => {
    const opened = await ok('2027-01-07T10:00:00+01:00', [
      ...['case', 'open', 'Ends the subscription', '--contact', who, '--type', 'cancellation'],
      ...['--channel', 'letter', '--agreement', 'PN-2025-00203', '--owner', 'carla', '--json'],
    ]);
    cancellation = opened.json.id;
    await ok('2027-01-07T10:05:00+01:00', ['case', 'accept', cancellation]);
    const early = await on('2027-01-08T10:00:00+01:00', ['case', 'close', cancellation, '--json']);
    expect(early.code).toBe(6);
    expect(early.error.message).toContain('from open it can go to waiting_internal, resolved, rejected');
    // The law counts every day: thirty days after the letter it is a gap.
    expect(await gaps('2027-02-07T09:00:00+01:00')).toContain('resolution');

    await ok('2027-02-08T10:00:00+01:00', ['case', 'resolve', cancellation, '--cause', 'procedure']);
    const refused = await on('2027-02-08T10:01:00+01:00', ['case', 'close', cancellation, '--json']);
    expect(refused.code).toBe(6);
    expect(refused.error.message).toContain('written confirmation');
    await ok('2027-02-08T10:05:00+01:00', [
      ...['case', 'reply', cancellation, 'Your subscription ended on 7 January.'],
      ...['--channel', 'letter', '--confirms'],
    ]);
    await ok('2027-02-08T10:06:00+01:00', ['case', 'close', cancellation]);
    const { json } = await ok('2027-02-08T11:00:00+01:00', ['show', 'PN-2025-00203', '--json']);
    expect(json.confirmation).toMatch(/^re-ends-the-subscription-/);
  });

  it('ends with an apology and a remedy, when the customer says so', async () => {
    await ok('2027-02-09T10:00:00+01:00', [
      ...[
        'case',
        'reply',
        complaint,
        'We are sorry. The book and another one are on their way.',
        '--channel',
        'letter',
      ],
    ]);
    await ok(
      '2027-02-09T10:05:00+01:00',
      [
        ...['case', 'resolve', complaint, '--cause', 'tool', '--remedy', 'a book', '--cost', '18.00 EUR'],
        ...['--why', 'delivered, and apologised'],
      ],
      'dino',
    );
    const early = await on('2027-02-10T10:00:00+01:00', ['case', 'close', complaint, '--json']);
    expect(early.code).toBe(6);
    expect(early.error.message).toContain('the customer has not confirmed');
    await ok('2027-02-11T10:00:00+01:00', [
      ...['log', 'phone', who, 'Both came. Thank you.', '--in', '--outcome', 'reached', '--case', complaint],
    ]);
    const closed = await ok('2027-02-11T10:05:00+01:00', [
      'case',
      'close',
      complaint,
      '--confirmed',
      '--json',
    ]);
    expect(closed.json).toMatchObject({ state: 'closed', remedy: { what: 'a book' } });
    expect(closed.json.confirmed_by_customer).toMatch(/^phone-noemi-galliani-/);

    const { json } = await ok('2027-02-11T11:00:00+01:00', ['case', 'show', complaint, '--json']);
    const states = json.clocks.map(({ clock, state }: Record<string, string>) => `${clock} ${state}`);
    expect(states).toEqual([
      'first_response breached',
      'next_response breached',
      'resolution breached',
      'hand_over breached',
    ]);
  });

  it('leaves a dossier, and records in which nothing contradicts itself', async () => {
    const { stdout } = await ok('2027-02-11T11:00:00+01:00', ['case', 'dossier', complaint]);
    const order_ = [
      'case opened (email)',
      'fax from the customer',
      'handed to dino',
      'promised: ring with the date',
      'moved to closed',
    ];
    const places = order_.map((words) => stdout.indexOf(words));
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // What is missing still: the delivery was never put on record.
    expect(await gaps('2027-02-11T11:00:00+01:00')).toEqual(['delivery', 'promise']);
    expect((await ok('2027-02-11T11:00:00+01:00', ['check'])).stdout).toBe('');
    const missed = (
      await ok('2027-02-11T11:00:00+01:00', ['report', 'gaps', '--since', '2026-12-01', '--json'])
    ).json
      .filter((gap: { for: string }) => gap.for === 'Noemi Galliani')
      .map(({ at, gap }: Record<string, string>) => `${at?.slice(0, 10)} ${gap}`);
    expect(missed).toEqual([
      '2026-12-10 delivery',
      '2026-12-14 first_response',
      '2026-12-17 hand_over',
      '2026-12-19 promise',
      '2026-12-22 next_response',
      '2026-12-28 resolution',
      '2027-01-09 first_response',
      '2027-02-06 resolution',
    ]);
  });
});
