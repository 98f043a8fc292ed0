import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const who = 'mario@example.it';

/** A firm with one customer, who got the newsletter allowed. */
async function firm(): Promise<Place> {
  const place = await workspace();
  place.write(
    'contacts/mario-rossi-mmmmmmmmmm.md',
    `---\nname: Mario Rossi\nemails: [${who}]\nidentifiers: {member: "00184"}\nlanguage: it\nconsents:\n` +
      '  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}\n---\n',
  );
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'customers');
  return place;
}

const open = (number: string, ...more: string[]) => ['agreement', 'open', who, '--number', number, ...more];

/** Why the customer gets no newsletter; undefined where he gets it. */
async function leftOut(place: Place): Promise<string | undefined> {
  const { json } = await place.ok('campaign', 'preview', 'News', '--json');
  return json.people[0].detail ?? undefined;
}
const news = ['campaign', 'new', 'News', '--purpose', 'newsletter', '--audience', 'kind:contact'];
const words = ['--subject', 'Hello', '--body', 'Hello'];

describe.concurrent('an agreement', () => {
  it('is opened with its term, notice, commitment and terms, once', async () => {
    const place = await firm();
    place.write('terms.txt', 'eight books in two years');
    const { json } = await place.ok(
      ...open('PN-1', '--kind', 'subscription', '--start', '2026-01-01', '--end', 'P2Y', '--notice', '30'),
      ...['--commitment', '8 books P2Y', '--terms', place.path('terms.txt'), '--json'],
    );
    expect(json).toMatchObject({
      ...{
        number: 'PN-1',
        agreement_kind: 'subscription',
        contact: 'mario-rossi-mmmmmmmmmm',
        state: 'active',
      },
      ...{ start: '2026-01-01', end: '2027-12-31', notice_days: 30 },
      commitment: { unit: 'books', minimum: 8, every: 'P2Y' },
      terms_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      attachments: [{ path: expect.stringMatching(/^attachments\/.*terms-.*\.txt$/) }],
    });
    expect((await place.itaca(open('pn-1'))).code).toBe(5);
    for (const bad of [
      ['--notice', 'many'],
      ['--commitment', 'books'],
      ['--commitment', '0 books P1Y'],
      ['--commitment', '3 books in 1 year'],
      ['--end', '2025-01-01'],
      ['--start', '15:00'],
    ])
      expect((await place.itaca(open('PN-2', ...bad))).code, bad.join(' ')).toBe(2);
    expect((await place.itaca(['check'])).code).toBe(0);
  });

  it('is cancelled by what came in, which goes on file with it; twice it is not, nor by what is ours', async () => {
    const place = await firm();
    await place.ok(...open('PN-1', '--start', '2026-01-01', '--notice', '14'));
    expect((await place.itaca(['agreement', 'cancel', 'PN-1'])).code).toBe(2);
    expect((await place.itaca(['agreement', 'acknowledge', 'PN-1'])).code).toBe(6);
    const ours = (await place.ok('log', 'email', who, 'an offer', '--out', '--json')).json.ref;
    expect((await place.itaca(['agreement', 'cancel', 'PN-1', '--in', ours])).code).toBe(6);
    const dry = await place.ok(
      'agreement',
      'cancel',
      'PN-1',
      'he stops',
      '--channel',
      'phone',
      '-n',
      '--json',
    );
    expect(dry.json.state).toBe('cancel_requested');
    expect(await place.git('status', '--porcelain')).toBe('');
    const cancel = [
      'agreement',
      'cancel',
      'PN-1',
      'he stops',
      '--channel',
      'letter',
      '--at',
      '2026-11-18 10:00',
    ];
    const { json } = await place.ok(...cancel, '--json');
    expect(json).toMatchObject({ state: 'cancel_requested', ends_on: '2026-12-02' });
    expect((await place.ok('show', json.interaction, '--json')).json).toMatchObject({
      ...{ channel: 'letter', direction: 'inbound', agreement: json.ref, case: json.case },
      topics: ['cancellation'],
    });
    // The process has the clock, from when the letter came.
    expect((await place.ok('case', 'show', json.case, '--json')).json).toMatchObject({
      ...{ type: 'cancellation', agreement: json.ref, opened_at: '2026-11-18T10:00:00+01:00' },
    });
    expect((await place.itaca(cancel)).code).toBe(5);
    await place.ok('undo', '--yes');
    expect((await place.ok('agreement', 'show', 'PN-1', '--json')).json.state).toBe('active');
  });

  it('that a mail does not name waits for a person, while no offer goes out', async () => {
    const place = await firm();
    for (const one of ['AB-1001', 'AB-1002']) await place.ok(...open(one, '--start', '2026-01-01'));
    await place.ok(...news, ...words);
    expect(await leftOut(place)).toBeUndefined();
    const mail = `From: ${who}\nTo: anna@example.org\nSubject: Disdetta\nDate: Fri, 20 Nov 2026 09:00:00 +0100\nMessage-ID: <d@example.it>\n\nBuongiorno, disdico il mio abbonamento.\n`;
    const pulled = await place.itaca(['inbox', 'pull', '-', '--json'], { input: mail });
    expect(pulled.json).toMatchObject({ filed: 1, cases_opened: 1 });
    const [message] = (await place.ok('inbox', 'list', '--filed', '--json')).json;
    expect(message.why).toMatch(/which agreement is to end \(AB-100\d, AB-100\d\): itaca agreement cancel/);
    expect(await leftOut(place)).toContain('open cancellation: Disdetta');
    const [kase] = (await place.ok('case', 'list', '--json')).json;
    expect(kase.agreement).toBeUndefined();
    // To say which one is to link it to its case, or to name it.
    await place.ok('case', 'link', kase.id, 'AB-1002');
    const { json } = await place.ok('agreement', 'show', 'AB-1002', '--json');
    expect(json).toMatchObject({ state: 'cancel_requested', requested_at: '2026-11-20T09:00:00+01:00' });
    expect((await place.ok('agreement', 'show', 'AB-1001', '--json')).json.state).toBe('active');
  });
});

describe.concurrent('an order', () => {
  it('that is late holds offers until it arrives, counts for the commitment, and is found in a mail', async () => {
    const place = await firm();
    await place.ok(...open('PN-1', '--start', '2026-01-01', '--end', 'P1Y', '--commitment', '8 books'));
    await place.ok(...news, ...words);
    const line = '3 x Danubio minore @ 16.50 EUR';
    const add = [
      'order',
      'add',
      '26-1042',
      who,
      '--line',
      line,
      '--promised',
      '2026-11-19',
      '--at',
      '2026-11-02',
    ];
    const { json } = await place.ok(...add, '--json');
    expect(json).toMatchObject({ agreement: expect.stringContaining('pn-1'), promised_by: '2026-11-19' });
    expect((await place.itaca(add)).code).toBe(5);
    expect((await place.ok('order', 'list', '--late', '--json')).json).toMatchObject([
      { number: '26-1042', state: 'late', party: 'Mario Rossi' },
    ]);
    expect(await leftOut(place)).toContain('order 26-1042');
    const mail = `From: ${who}\nTo: anna@example.org\nSubject: Ordine\nDate: Fri, 20 Nov 2026 09:00:00 +0100\nMessage-ID: <o@example.it>\n\nDove sono i libri dell'ordine 26-1042? Non sono mai arrivati, è una vergogna.\n`;
    await place.itaca(['inbox', 'pull', '-'], { input: mail });
    expect((await place.ok('case', 'list', '--json')).json).toMatchObject([
      { type: 'complaint', order: json.ref },
    ]);
    expect((await place.itaca(['order', 'deliver', '26-1042', '--at', '2026-11-01'])).code).toBe(2);
    await place.ok('order', 'ship', '26-1042', '--tracking', '1Z99');
    await place.ok('order', 'deliver', '26-1042');
    expect((await place.itaca(['order', 'cancel', '26-1042'])).code).toBe(5);
    expect(await leftOut(place)).toContain('open complaint');
    const { progress } = (await place.ok('agreement', 'show', 'PN-1', '--json')).json;
    expect(progress).toMatchObject({ done: 3, minimum: 8, until: '2026-12-31' });
    expect((await place.ok('contact', 'show', who, '--json')).json.agreements).toMatchObject([
      { number: 'PN-1' },
    ]);
    // Five are missing, and the year is nearly over.
    const due = (await place.itaca(['due', '--json'], { env: { ITACA_NOW: '2026-12-05T10:00:00Z' } })).json;
    expect(due.find(({ kind }: { kind: string }) => kind === 'commitment')).toMatchObject({
      due: '2026-12-31',
      what: 'commitment of PN-1: 3 of 8 books, until 2026-12-31',
    });
    expect((await place.itaca(['check'])).code).toBe(0);
  });

  it('is reconciled with the list of the shop: filled, told where it differs, missed; nobody is put on file', async () => {
    const place = await firm();
    await place.ok('order', 'add', 'S-1', who, '--at', '2026-11-02', '--promised', '2026-11-30');
    await place.ok('order', 'add', 'S-9', who, '--at', '2026-11-04');
    const list = [
      'Bestellnummer;Bestelldatum;Kundennummer;E-Mail;Artikel;Menge;Preis;Liefertermin;Geliefert am',
      's-1;02.11.2026;00184;;Lampe;1;16,50 €;05.12.2026;',
      'S-2;03.11.2026;;MARIO@example.it;Lampe;2;16,50 €;;10.11.2026',
      'S-2;;;;Schirm;1;4,00 €;;',
      'S-3;05.11.2026;;nobody@example.org;Lampe;1;=1+1;;',
      'S-4;05.11.2026;;nobody@example.org;Lampe;1;16,50 €;;',
      'S-5;05.11.2026;00184;;Lampe;1;16,50 €;;01.11.2026',
    ].join('\n');
    place.write('shop.csv', list);
    const importing = ['import', 'orders', place.path('shop.csv'), '--yes', '--json'];
    const before = place.tree();
    const { json: dry } = await place.ok(...importing, '--dry-run');
    expect(place.tree()).toEqual(before);
    const { json } = await place.ok(...importing);
    expect(json).toEqual(dry);
    expect(json).toMatchObject({
      ...{ format: 'orders', rows: 6, created: 3, updated: 1, unchanged: 0, refused: 2, orders: 3 },
      errors: [
        { line: 5 },
        { line: 7, message: expect.stringContaining('delivered_at: lies before placed_at') },
      ],
      unknown: [{ number: 'S-4', customer: { email: 'nobody@example.org' } }],
      missing: [{ number: 'S-9' }],
      differs: [{ number: 's-1', key: 'promised_by', record: '2026-11-30', file: '2026-12-05' }],
    });
    expect((await place.ok('contact', 'list', '--json')).json).toHaveLength(1);
    expect((await place.ok('order', 'show', 'S-2', '--json')).json).toMatchObject({
      ...{ contact: 'mario-rossi-mmmmmmmmmm', state: 'delivered', delivered_at: '2026-11-10' },
      lines: [{ quantity: 2, price: { amount: '16.50', currency: 'EUR' } }, { title: 'Schirm' }],
    });
    expect((await place.ok(...importing)).json).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 4,
      refused: 2,
    });
    expect((await place.ok(...importing, '--prefer', 'file')).json).toMatchObject({
      updated: 1,
      unchanged: 3,
    });
    expect((await place.ok('order', 'show', 'S-1', '--json')).json.promised_by).toBe('2026-12-05');
    // Once somebody is known to be that, the order is his.
    await place.ok('contact', 'add', '--name', 'Nora', '--email', 'nobody@example.org');
    expect((await place.ok(...importing)).json).toMatchObject({ updated: 1, unknown: [] });
    const mine = (await place.ok('order', 'show', 'S-4', '--json')).json;
    expect(mine.contact).toMatch(/^nora-/);
    expect(mine).not.toHaveProperty('customer');
    expect((await place.itaca(['check', 'orders'])).code).toBe(0);
    await place.ok('undo', '--yes');
    expect((await place.ok('order', 'show', 'S-4', '--json')).json.customer).toEqual({
      email: 'nobody@example.org',
    });
    place.write('bad.csv', 'Order number;Title\n;x\n');
    expect((await place.itaca(['import', 'orders', place.path('bad.csv'), '--yes'])).code).toBe(4);
  });
});
