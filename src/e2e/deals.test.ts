import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';
import { twoClones } from './two-clones.js';

const way = (deal: { history: { from?: string; to?: string }[] }) => deal.history.map(({ to }) => to);

describe.concurrent('a deal', () => {
  it('goes its way until it is won, and its lead is a customer then', async () => {
    const place = await workspace({ example: 'fair' });
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--company', 'ACME srl', '--lifecycle', 'lead');
    const opened = await place.ok(
      ...['deal', 'open', 'Forty lamps', '--contact', 'Mario Rossi', '--value', '12500.50 EUR'],
      ...['--expected-close', '2w', '--source', 'Fiera', '--as', 'luca', '--json'],
    );
    expect(opened.json).toMatchObject({
      kind: 'deal',
      stage: 'lead',
      value: { amount: '12500.50', currency: 'EUR' },
      expected_close: '2026-12-04',
      company: expect.stringMatching(/^acme-srl-/),
      owner: 'luca',
      office: 'sales',
      source: 'Fiera',
    });
    expect(opened.json).not.toHaveProperty('open_cases');
    await place.ok('deal', 'move', 'Forty lamps', 'proposal', '--why', 'quotation 12');
    const dry = await place.ok('deal', 'win', 'Forty lamps', '--value', '12000 EUR', '--dry-run', '--json');
    expect(dry.json).toMatchObject({ stage: 'won', customer: { was: 'lead' } });
    const won = (await place.ok('deal', 'win', 'Forty lamps', '--value', '12000 EUR', '--json')).json;
    expect(way(won)).toEqual(['lead', 'proposal', 'won']);
    const mario = (await place.ok('contact', 'show', 'Mario Rossi', '--json')).json;
    expect(mario.lifecycle).toBe('customer');
    expect(mario.timeline[0]).toMatchObject({
      kind: 'deal',
      title: 'Forty lamps: lead → customer',
      state: 'won',
    });
    expect(mario.timeline).toHaveLength(3);
    expect((await place.ok('check')).stdout).toBe('');
    // One command was one commit, of both records.
    expect((await place.git('show', '--name-only', '--format=')).split('\n')).toHaveLength(2);
  });

  it('is not moved where no stage leads, and is lost for a reason', async () => {
    const place = await workspace({ example: 'fair' });
    const [whitstable, library] = ['76z8ah96mn', 'vdzr9d230x'];
    expect(await place.itaca(['deal', 'move', whitstable, 'drawer', '--json'])).toMatchObject({ code: 2 });
    expect(await place.itaca(['deal', 'move', library, 'won', '--why', 'x', '--json'])).toMatchObject({
      code: 6,
    });
    expect(await place.itaca(['deal', 'move', library, 'lead', '--json'])).toMatchObject({ code: 6 });
    const again = await place.ok('deal', 'move', library, 'negotiation', '--why', 'new tender', '--json');
    expect(again.json).not.toHaveProperty('lost_reason');
    expect(way(again.json).slice(-2)).toEqual(['lost', 'negotiation']);
    expect(await place.itaca(['deal', 'lose', whitstable])).toMatchObject({ code: 2 });
    const lost = await place.ok('deal', 'lose', whitstable, '--reason', 'time: too late', '--json');
    expect(lost.json).toMatchObject({ stage: 'lost', lost_reason: 'time: too late' });
    expect((await place.ok('check')).stdout).toBe('');
    expect((await place.ok('deal', 'list', '--all', 'stage:lost', '--json')).json).toHaveLength(1);
    expect((await place.ok('deal', 'list', '--fields', 'id,stage,days')).stdout).toBe(
      `vdzr9d230x\tnegotiation\t0\nw6fpded1yq\tnegotiation\t16\n`,
    );
  });

  it('is changed but for its stage, and found by what it is worth', async () => {
    const place = await workspace({ example: 'fair' });
    const set = (...words: string[]) => place.itaca(['deal', 'set', 'Belvedere', ...words, '--json']);
    const { json } = await set(
      'expected_close=2w',
      'value=17900 EUR',
      'owner=anna',
      'contact=Eleanor Whitby',
    );
    expect(json).toMatchObject({
      expected_close: '2026-12-04',
      value: { amount: '17900', currency: 'EUR' },
      owner: 'anna',
      contact: expect.stringMatching(/^eleanor-whitby-/),
    });
    for (const wrong of ['stage=won', 'lost_reason=x', 'value=much', 'owner=nobody', 'expected_close=soon'])
      expect(await set(wrong)).toMatchObject({ code: 2 });
    const found = async (query: string) =>
      (await place.ok('deal', 'list', '--all', query, '--json')).json.map(({ id }: { id: string }) => id);
    expect(await found('value.above:17899.99')).toEqual(['w6fpded1yq', 'vdzr9d230x']);
    expect(await found('value.below:17900 value.currency:GBP')).toEqual(['76z8ah96mn']);
    expect(await found('no:value')).toEqual([]);
    expect(await place.itaca(['deal', 'list', 'value.above:much'])).toMatchObject({ code: 2 });
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('that says nonsense is told by check, and breaks neither list nor report', async () => {
    const place = await workspace({ example: 'fair' });
    place.write(
      'deals/odd-k3f9w2q8ab.md',
      '---\ntitle: [x]\nstage: {a: b}\ncontact: [1]\nvalue: much\nexpected_close: [2020-01-01]\nhistory: x\nlost_reason: [y]\n---\n',
    );
    for (const args of [
      ['deal', 'list'],
      ['report', 'pipeline'],
      ['report', 'pipeline', '--group-by', 'owner'],
      ['due'],
    ])
      await place.ok(...args, '--json');
    await place.ok('deal', 'show', 'k3f9w2q8ab', '--json');
    expect(await place.itaca(['check'])).toMatchObject({ code: 1 });
  });

  it('is opened and shown with the open complaints of its customer', async () => {
    const place = await workspace({ example: 'fair' });
    await place.ok('case', 'open', 'Lamp cracked', '--contact', 'Tommaso Gatti', '--type', 'complaint');
    const opened = await place.ok('deal', 'open', 'More', '--contact', 'Tommaso Gatti', '--json');
    expect(opened.stderr).toContain('open complaint since 2026-11-20 11:00: Lamp cracked');
    expect(opened.json.open_cases).toEqual([expect.stringMatching(/^lamp-cracked-/)]);
    const shown = await place.ok('deal', 'show', 'Belvedere', '--json');
    expect(shown.json).toMatchObject({ days: 16, overdue: false, open_cases: opened.json.open_cases });
  });

  it('is due where it should have closed, or where nobody touched it for too long', async () => {
    const place = await workspace({ example: 'fair' });
    const dueDeals = async () =>
      ((await place.ok('due', '--json')).json as { kind: string }[]).filter(({ kind }) => kind === 'deal');
    expect(await dueDeals()).toEqual([]);
    place.edit('deals/belvedere-floors-two-and-three-w6fpded1yq.md', '2026-12-15', '2026-11-19');
    expect(await dueDeals()).toMatchObject([
      { due: '2026-11-19', overdue: true, by: 'luca', office: 'sales' },
    ]);
    place.write(
      'itaca.yaml',
      `${place.read('itaca.yaml')}\ndeals:\n  stages:\n    - name: proposal\n      idle: P3W\n    - negotiation\n`,
    );
    const idle = await dueDeals();
    expect(idle).toMatchObject([{ due: '2026-11-12', what: expect.stringContaining('P3W'), by: 'anna' }, {}]);
    await place.ok('log', 'phone', 'Eleanor Whitby', 'asks for time', '--deal', '76z8ah96mn');
    expect(await dueDeals()).toHaveLength(1);
    // A stage that the settings do not name is found.
    place.edit('itaca.yaml', '- negotiation', '- contract');
    const check = await place.itaca(['check']);
    expect(check.code).toBe(1);
    expect(check.stdout).toContain('there is no stage "negotiation"');
  });

  it('that two clones moved stands where it was moved last, with both moves in its history', async () => {
    const { a, b } = await twoClones(await workspace({ example: 'fair' }));
    const [first, second] = ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'];
    await a.itaca(['deal', 'lose', 'Belvedere', '--reason', 'price'], { env: { ITACA_NOW: first } });
    await b.itaca(['deal', 'win', 'Belvedere'], { env: { ITACA_NOW: second } });
    await a.ok('sync');
    await b.ok('sync');
    const deal = (await b.ok('deal', 'show', 'Belvedere', '--json')).json;
    expect(way(deal).slice(-2)).toEqual(['lost', 'won']);
    expect(deal.stage).toBe('won');
    expect(deal).not.toHaveProperty('lost_reason');
    expect((await b.ok('check')).stdout).toBe('');
  });
});

describe.concurrent('report pipeline', () => {
  it('adds up, by currency and stage', async () => {
    const place = await workspace({ example: 'fair' });
    const report = (await place.ok('report', 'pipeline', '--json')).json;
    expect(report.groups.map(({ stage, deals }: { stage: string; deals: number }) => [stage, deals])).toEqual(
      [
        ['lead', 0],
        ['qualified', 0],
        ['proposal', 1],
        ['negotiation', 1],
      ],
    );
    expect(report.total).toMatchObject({
      deals: 2,
      value: { EUR: '18400.00', GBP: '9640.00' },
      weighted: { EUR: '13800.00', GBP: '4820.00' },
      opened: 3,
      won: 0,
      lost: 1,
      lost_value: { EUR: '27300.00' },
    });
    expect(report.stages[2]).toEqual({
      stage: 'proposal',
      entered: 3,
      advanced: 1,
      lost: 1,
      staying: 1,
      conversion: 0.333,
    });
    expect(report.lost_reasons).toMatchObject([{ reason: 'price', deals: 1 }]);
    const since = ['--since', '2026-11-01'];
    expect((await place.ok('report', 'pipeline', ...since, '--json')).json.total).toMatchObject({
      opened: 0,
      lost: 0,
    });
    const csv = (await place.ok('report', 'pipeline', '--group-by', 'owner', '--csv')).stdout.split('\n');
    expect(csv[0]).toMatch(/^owner,deals,value,weighted/);
    expect(csv.slice(1, 4).map((row) => row.split(',')[0])).toEqual(['anna', 'giulia', 'luca']);
    expect((await place.ok('report', 'pipeline', '--lost', '--csv')).stdout).toContain('price,1,1,');
    expect(await place.itaca(['report', 'pipeline', '--fail-if-any'])).toMatchObject({ code: 0 });
  });
});
