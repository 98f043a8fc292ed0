import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place, workspace } from './harness.js';
import { mail, type TestMail } from './mails.js';

/** A workspace with two people, an agreement and purposes of which one rests on a contract. */
async function club(): Promise<Place> {
  const place = await workspace();
  place.write(
    'contacts/mario-rossi-aaaaaaaaaa.md',
    '---\nname: Mario Rossi\nemails: [mario@example.it]\nidentifiers: {member: "00471"}\n---\n',
  );
  place.write('contacts/rosa-verdi-bbbbbbbbbb.md', '---\nname: Rosa Verdi\nemails: [rosa@example.it]\n---\n');
  place.write('itaca.yaml', place.read('itaca.yaml').replace(/\npurposes:\n(?: .*\n)+/, '\n'));
  place.write(
    'itaca.yaml',
    `${place.read('itaca.yaml')}\npurposes:\n  newsletter: {basis: consent}\n  catalogue: {basis: contract}\n  service: {basis: contract}\n`,
  );
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

/** Pulls messages, each as a file, and gives the report. */
async function pull(place: Place, ...mails: (TestMail | string)[]) {
  const box = folder();
  mails.forEach((one, i) => {
    writeFileSync(
      join(box, `${i}.eml`),
      typeof one === 'string' ? one : mail({ id: `m${i}-${box.length}@x.example`, ...one }),
    );
  });
  const run = await place.itaca(['inbox', 'pull', box, '--json']);
  if (run.code !== 0) throw new Error(run.stderr);
  return run.json;
}

const waiting = async (place: Place) => (await place.ok('inbox', 'list', '--json')).json;
const suppressed = async (place: Place) =>
  (await place.ok('suppress', 'list', '--json')).json
    .map(({ address, scope }: { address: string; scope: string }) => `${address} ${scope}`)
    .sort();

describe('messages that look alike', () => {
  it('are told apart where they have no header, no Message-ID, or one that is used again', async () => {
    const place = await club();
    const headerless = ['Buongiorno, uno.\n\nSaluti\n', 'Buongiorno, due.\n\nSaluti\n', ''];
    const scanner = { id: 'same@scanner.example', text: 'Allegato' };
    const report = await pull(
      place,
      ...headerless,
      { ...scanner, subject: 'libro 1' },
      { ...scanner, subject: 'libro 2' },
    );
    expect(report).toMatchObject({ received: 5, again: 0 });
  });
});

describe('a wish for no more messages', () => {
  it('is about what it names, or about all but service', async () => {
    const place = await club();
    await pull(
      place,
      { text: 'Basta cataloghi per favore, toglietemi dalla lista.' },
      { from: 'rosa@example.it', text: 'STOP' },
      { from: 'Ada <ada@example.net>', subject: 'unsubscribe', text: '' },
    );
    expect(await suppressed(place)).toEqual([
      'ada@example.net catalogue',
      'ada@example.net newsletter',
      'mario@example.it catalogue',
      'rosa@example.it catalogue',
      'rosa@example.it newsletter',
    ]);
  });

  it('for somebody else waits, and a person says whose it is', async () => {
    const place = await club();
    await pull(place, {
      from: 'pippo@example.net',
      text: 'Please remove mario@example.it from your mailing list.',
    });
    expect(await suppressed(place)).toEqual([]);
    const [{ id, why }] = await waiting(place);
    expect(why).toContain('--unsubscribe');
    await place.ok('inbox', 'file', id, '--unsubscribe', '--contact', 'mario@example.it');
    expect(await suppressed(place)).toEqual(['mario@example.it catalogue', 'mario@example.it newsletter']);
    expect((await place.itaca(['inbox', 'reconcile'])).code).toBe(0);
  });
});

describe('what no rule may settle', () => {
  it.each<[string, TestMail]>([
    [
      'a ticket system writes for somebody',
      {
        headers: ['Auto-Submitted: auto-generated'],
        from: 'tickets@legal.example',
        text: 'Diffida per il socio 00471.',
      },
    ],
    [
      'somebody on file writes through a list',
      { headers: ['Precedence: bulk', 'List-Id: <soci.example>'], text: 'Non è mai arrivato niente' },
    ],
    [
      'a stranger names a number',
      {
        from: 'Mario Verdi <verdi@example.net>',
        text: 'Mia cognata è la socia 00471. Vorrei ordinare due libri.',
      },
    ],
  ])('waits: %s', async (_what, one) => {
    const place = await club();
    expect(await pull(place, one)).toMatchObject({ waiting: 1 });
    const [{ id }] = await waiting(place);
    expect(
      (await place.ok('inbox', 'file', id, '--contact', 'rosa@example.it', '--intent', 'question', '--json'))
        .json,
    ).toMatchObject({ opens_case: true });
  });
});

describe('a slip', () => {
  it('is put right: the message is moved, with the case that it opened', async () => {
    const place = await club();
    await pull(place, { from: 'Ada <ada@example.net>', text: 'I libri non sono mai arrivati, vergogna!' });
    const [{ id }] = await waiting(place);
    await place.ok('inbox', 'file', id, '--contact', 'mario@example.it');
    expect((await place.itaca(['inbox', 'file', id, '--contact', 'mario@example.it'])).code).toBe(5);
    const moved = (await place.ok('inbox', 'file', id, '--contact', 'rosa@example.it', '--json')).json;
    expect(moved).toMatchObject({ contact: 'rosa-verdi-bbbbbbbbbb', opens_case: false });
    expect((await place.ok('case', 'list', '--json')).json).toMatchObject([
      { contact: 'rosa-verdi-bbbbbbbbbb' },
    ]);
    expect(place.read(place.files('interactions')[0] as string)).toContain('rosa-verdi-bbbbbbbbbb');
    expect((await place.ok('check')).stdout).toBe('');
    expect((await place.itaca(['inbox', 'reconcile'])).code).toBe(0);
  });

  it('of what was taught is not made twice: filing goes by it', async () => {
    const place = await club();
    await pull(place, { from: 'Ada <ada@example.net>', text: 'Il perno balla ancora.' });
    const [{ id }] = await waiting(place);
    await place.ok('inbox', 'teach', 'complaint', id);
    expect((await place.ok('inbox', 'file', id, '--new-contact', '--json')).json).toMatchObject({
      opens_case: true,
    });
    expect((await place.ok('case', 'list', '--json')).json).toMatchObject([{ type: 'complaint' }]);
  });

  it('is an answer of ours among what came in: it is filed as ours', async () => {
    const place = await club();
    place.edit('itaca.yaml', 'emails:\n', 'emails:\n      - anna@acme.example\n');
    await pull(place, {
      from: 'Anna <anna@acme.example>',
      to: 'mario@example.it',
      cc: 'info@acme.example',
      text: 'Arriva lunedì.',
    });
    const [{ id, why }] = await waiting(place);
    expect(why).toContain('anna');
    await place.ok('inbox', 'file', id, '--sent');
    expect(place.read(place.files('interactions')[0] as string)).toMatch(
      /direction: outbound[\s\S]*by: anna/,
    );
  });
});

it('a dead source keeps no other from being read, and is told', async () => {
  const place = await club();
  const good = folder();
  writeFileSync(join(good, 'a.eml'), mail({ id: 'a@x', text: 'Quanto costa il catalogo?' }));
  mkdirSync(join(good, 'empty'));
  place.write(
    'itaca.yaml',
    `${place.read('itaca.yaml')}\ninbox:\n  sources:\n    dead: {maildir: /nowhere/at/all}\n    good: {folder: ${good}}\n`,
  );
  const run = await place.itaca(['inbox', 'pull', '--json']);
  expect(run.code).toBe(7);
  expect(run.json).toMatchObject({ received: 1, filed: 1, failed_sources: [{ source: 'dead' }] });
  expect((await place.itaca(['inbox', 'pull', 'dead', '--json'])).code).toBe(3);
  const neither = await place.itaca(['inbox', 'pull', 'god', '--json']);
  expect(neither.error).toMatchObject({ code: 'not_found', hint: expect.stringContaining('dead, good') });
});
