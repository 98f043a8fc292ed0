import { expect, it } from 'vitest';
import { workspace } from './harness.js';
import { mailServer } from './mail-server.js';
import { sendNews, smallCampaign } from './small-campaign.js';

const arturo = 'arturo.benedusi@example.it';
const gustavo = 'gustavo.pirani@example.org';
const number = 'PN-2025-00042';

const mail = `From: Arturo Benedusi <${arturo}>
To: club@paginanuova.example
Subject: Disdetta
Date: Sat, 21 Nov 2026 09:00:00 +0100
Message-ID: <disdetta-1@example.it>

Buongiorno, con la presente disdico il mio abbonamento ${number}. Vi prego di confermare per iscritto.

Arturo Benedusi
`;

const sequence = `title: Before Christmas
purpose: catalogue
office: club
enroll: +subscriber
steps:
  - {id: first, after: PT0S, channel: email, subject: Sea stories, body: "Sea stories, {{ contact.name }}."}
  - {id: second, after: P2D, channel: email, subject: More stories, body: "More stories, {{ contact.name }}."}
`;

it('after a cancellation nothing leaves but the answers to it, until the end is confirmed in writing', async () => {
  const { mails, port } = await mailServer();
  const place = await workspace({ example: 'bookclub' });
  const on = async (time: string, args: string[], code = 0) => {
    const run = await place.itaca([...args, '--json'], { env: { ITACA_NOW: time, ITACA_ACTOR: 'carla' } });
    expect(run.code, `${args.join(' ')}: ${run.stderr}${run.code === code ? '' : run.stdout}`).toBe(code);
    return run;
  };
  const subjects = (to: string) =>
    mails.filter((one) => one.to === to).map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1]);
  const smtp = `transport: outbox\n  smtp: {host: 127.0.0.1, port: "${port}", secure: false}`;
  place.edit('itaca.yaml', 'transport: outbox', smtp);
  for (const who of ['arturo-benedusi-77q6s21tzq', 'gustavo-pirani-ex0tyc9nn4'])
    place.edit(
      `contacts/${who}.md`,
      'language: it',
      'addresses:\n  - {street: Via Roma 1, postal_code: "40121", locality: Bologna, country: IT}\nlanguage: it',
    );
  place.write('sequences/christmas.yaml', sequence);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'before Christmas');
  await on('2026-11-20T10:00:00+01:00', [
    ...['campaign', 'new', 'Paper catalogue', '--purpose', 'catalogue', '--channel', 'letter'],
    ...[
      '--audience',
      '+subscriber',
      '--subject',
      'Catalogo',
      '--body',
      'Ecco il catalogo, {{ contact.name }}.',
    ],
  ]);

  // A message of the sequence waits for him in the outbox when he asks to cancel.
  await on('2026-11-20T18:00:00+01:00', ['run']);
  place.write('in/disdetta.eml', mail);
  const { json: pulled } = await on(
    '2026-11-21T09:30:00+01:00',
    ['inbox', 'pull', 'in/disdetta.eml'].map((one) => (one.startsWith('in/') ? place.path(one) : one)),
  );
  expect(pulled).toMatchObject({ received: 1, filed: 1, cases_opened: 1 });
  const { json: asked } = await on('2026-11-21T09:31:00+01:00', ['agreement', 'show', number]);
  expect(asked).toMatchObject({
    state: 'cancel_requested',
    requested_at: '2026-11-21T09:00:00+01:00',
    unconfirmed: true,
    progress: { done: 0, minimum: 8 },
    ends_on: '2027-09-30',
  });
  const request = asked.history.at(-1).why;
  expect(request).toMatch(/^email-disdetta-/);

  // Outbox, campaign, letter and the next step: nothing for him.
  const { json: flushed } = await on('2026-11-21T10:00:00+01:00', ['outbox', 'flush', '--yes', '--no-input']);
  expect(subjects(gustavo)).toEqual(['Sea stories']);
  expect(subjects(arturo)).toEqual([]);
  expect(flushed.messages.map(({ to }: { to: string }) => to)).toContain(arturo);
  for (const title of ['Winter catalogue', 'Paper catalogue']) {
    const send = ['campaign', 'send', title, '--confirm', title, '--yes', '--no-input'];
    const { json } = await on('2026-11-21T11:00:00+01:00', send);
    expect(json.left_out.agreement_cancelled, title).toBeGreaterThan(0);
  }
  await on('2026-11-23T12:00:00+01:00', ['run']);
  await on('2026-11-23T12:05:00+01:00', ['outbox', 'flush', '--yes', '--no-input']);
  expect(subjects(gustavo)).toContain('More stories');
  // The receipt of his case is the answer that he gets at once.
  expect(subjects(arturo)).toEqual([expect.stringMatching(/^Abbiamo ricevuto la sua disdetta/)]);
  expect(
    place
      .files('letters')
      .map((path) => place.read(path))
      .join(),
  ).not.toContain('Benedusi');

  // What he is told on the telephone is not so.
  await on('2026-11-24T10:00:00+01:00', [
    ...['log', 'phone', arturo, 'He rang. I said: è annullato, signore.', '--in', '--agreement', number],
  ]);
  const lie = (await on('2026-11-24T11:00:00+01:00', ['agreement', 'verify', number], 1)).json;
  expect(lie).toMatchObject([{ finding: 'told_ended', number, party: 'Arturo Benedusi' }]);
  const waiting = (await on('2026-11-24T11:01:00+01:00', ['agreement', 'list', '--unconfirmed'])).json;
  expect(
    waiting.map((one: { number: string; waiting_days: number }) => [one.number, one.waiting_days]),
  ).toEqual([
    ['PN-2025-00184', 43],
    [number, 3],
  ]);

  // Nothing is terminated without the confirmation, neither by command nor by hand.
  const refused = await on('2026-11-24T12:00:00+01:00', ['agreement', 'confirm', number], 6);
  expect(refused.error.message).toContain('without a written confirmation');
  await on(
    '2026-11-24T12:01:00+01:00',
    ['agreement', 'confirm', number, 'It is over', '--channel', 'phone'],
    6,
  );
  const path = asked.path as string;
  const before = place.read(path);
  place.write(path, before.replace('state: cancel_requested', 'state: terminated'));
  const { stdout } = await on('2026-11-24T12:02:00+01:00', ['check', path], 1);
  expect(stdout).toContain('no written confirmation is on file');
  place.write(path, before);

  const { json: acknowledged } = await on('2026-11-25T10:00:00+01:00', [
    ...['agreement', 'acknowledge', number, 'Abbiamo ricevuto la sua disdetta.', '--channel', 'email'],
    ...['--effective', '2026-12-21'],
  ]);
  expect(acknowledged).toMatchObject({ state: 'cancel_acknowledged', effective_at: '2026-12-21' });
  const { json: confirmed } = await on('2026-11-26T10:00:00+01:00', [
    ...[
      'agreement',
      'confirm',
      number,
      'Il suo abbonamento termina il 21 dicembre 2026.',
      '--channel',
      'letter',
    ],
  ]);
  expect(confirmed).toMatchObject({ state: 'cancel_acknowledged', ends_on: '2026-12-21' });
  expect(confirmed.confirmation).toBe(confirmed.interaction);
  expect((await on('2026-11-26T10:01:00+01:00', ['agreement', 'verify', number])).json).toEqual([]);
  const left = (await on('2026-11-26T10:02:00+01:00', ['agreement', 'list', '--unconfirmed'])).json;
  expect(left.map((one: { number: string }) => one.number)).toEqual(['PN-2025-00184']);

  // It ends when its day is over, and by itself.
  const { json: tick } = await on('2026-12-22T08:00:00+01:00', ['run']);
  expect(tick.ended).toEqual([{ agreement: asked.ref, on: '2026-12-21' }]);
  const { json: over } = await on('2026-12-22T08:01:00+01:00', ['agreement', 'show', number]);
  expect(over).toMatchObject({ state: 'terminated', terminated_at: '2026-12-22T00:00:00+01:00' });
  const cancelled = ['report', 'sends-after-cancel', '--fail-if-any', '--since', '2026-11-21'];
  expect((await on('2026-12-22T08:02:00+01:00', cancelled)).json).toEqual([]);
  await on('2026-12-22T08:03:00+01:00', ['check']);
}, 240_000);

it('a message left when the outbox was flushed, not when it was put there; what a flush held back never left', async () => {
  const { mails, port } = await mailServer();
  const place = await smallCampaign({
    mail: ['smtp:', '  host: 127.0.0.1', `  port: "${port}"`, '  secure: false'],
  });
  const on = (time: string, ...args: string[]) =>
    place.itaca([...args, '--json'], { env: { ITACA_NOW: time } });
  const cancel = (i: number, ...more: string[]) => [
    ...['agreement', 'cancel', `X-${i}`, 'I end it', '--channel', 'phone', ...more],
  ];
  for (const i of [0, 1])
    await on(
      '2026-11-01T09:00:00+01:00',
      ...['agreement', 'open', `p${i}@example.org`, '--number', `X-${i}`, '--end', 'P1Y'],
    );
  expect((await on('2026-11-20T11:00:00+01:00', ...sendNews)).json).toMatchObject({ sent: 3 });
  const report = async (time: string) =>
    (await on(time, 'report', 'sends-after-cancel')).json.map((one: { address: string; at: string }) => [
      one.address,
      one.at,
    ]);
  // Asked for while the message waits: the flush keeps it back, and it is nobody's fault.
  expect((await on('2026-11-22T09:00:00+01:00', ...cancel(0, '--at', '2026-11-20 09:00'))).code).toBe(0);
  expect(await report('2026-11-22T09:01:00+01:00')).toEqual([]);
  await on('2026-11-22T10:00:00+01:00', 'outbox', 'flush', '--yes', '--no-input');
  expect(mails.map(({ to }) => to).sort()).toEqual(['p1@example.org', 'p2@example.org']);
  // What he asked for before it left was put on file afterwards.
  expect((await on('2026-11-23T09:00:00+01:00', ...cancel(1, '--at', '2026-11-21 09:00'))).code).toBe(0);
  expect(await report('2026-11-23T10:00:00+01:00')).toEqual([
    ['p1@example.org', expect.stringMatching(/^2026-11-22T/)],
  ]);
  const found = (await on('2026-11-23T10:01:00+01:00', 'agreement', 'verify')).json;
  expect(found.map((one: { number: string; finding: string }) => [one.number, one.finding])).toEqual([
    ['X-1', 'sent_after'],
  ]);
}, 120_000);
