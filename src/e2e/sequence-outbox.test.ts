import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Place } from './harness.js';
import { mailServer } from './mail-server.js';
import { email, firm, person, single } from './sequence-firm.js';

const flush = ['outbox', 'flush', '--yes', '--no-input', '--json'];
const dayAfter = '2026-11-21T12:00:00Z';

/** Two sequences of one mail at once, whose messages to so many people wait in the outbox; and a server for them. */
async function waiting(people: number, sequences: Record<string, string>) {
  const { mails, port } = await mailServer();
  const place = await firm(sequences, people);
  place.edit(
    'itaca.yaml',
    'transport: outbox',
    `transport: outbox\n  smtp: {host: 127.0.0.1, port: "${port}", secure: false}`,
  );
  const run = await place.ok('run', '--json');
  const sent = run.json.sequences.filter(({ state }: { state: string }) => state === 'sent');
  expect(sent).toHaveLength(people * Object.keys(sequences).length);
  return { mails, place };
}

const auto = (title: string) => single(title, 'enroll: +all\n');
const later = (place: Place, ...args: string[]) =>
  place
    .itaca(args, { env: { ITACA_NOW: dayAfter } })
    .then((run) => expect(run, run.stderr).toMatchObject({ code: 0 }));
const whys = (json: { messages: { to: string; why: string }[] }) =>
  Object.fromEntries(json.messages.map(({ to, why }) => [to, why]));

describe('the outbox sends on what sequences put there', () => {
  it('once, each step with its own body and for its own purpose', async () => {
    const steps = auto('One').replace('    body: "About One, {{ contact.name }}."', '    file: one.md');
    const own =
      '  - {id: news, after: PT1H, channel: email, purpose: newsletter, subject: News, body: News}\n';
    const { mails, port } = await mailServer();
    const place = await firm({ auto: steps + own });
    place.write('sequences/auto/one.md', 'From a file, {{ contact.name }}.\n');
    place.edit(
      `contacts/${person(1)}.md`,
      'tags:',
      'consents:\n  - {purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}\ntags:',
    );
    place.edit(
      'itaca.yaml',
      'transport: outbox',
      `transport: outbox\n  smtp: {host: 127.0.0.1, port: "${port}", secure: false}`,
    );
    await place.ok('run');
    await later(place, 'run');
    const run = await place.ok(...flush);
    expect(run.json).toMatchObject({ waiting: 2, sent: 2, left_out: {}, messages: [] });
    expect(mails.map(({ to }) => to)).toEqual([email(1), email(1)]);
    expect(mails.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1]).sort()).toEqual(['News', 'One']);
    expect((await place.ok(...flush)).json).toMatchObject({ waiting: 0, sent: 0 });
    expect(mails).toHaveLength(2);
  });

  it('but not to whom they stopped for since, whether `run` has seen it or not', async () => {
    const { mails, place } = await waiting(5, {
      auto: `${auto('News')}  - {id: more, after: P9D, channel: email, subject: More, body: More}\n`,
    });
    await later(place, 'log', 'phone', email(1), 'no thanks', '--in');
    await later(place, 'sequence', 'stop', 'auto', email(2), '--why', 'asked by his boss');
    await place.ok('suppress', 'add', email(3), '--reason', 'unsubscribed');
    await later(place, 'case', 'open', 'Broken', '--contact', email(4), '--type', 'complaint');
    const dry = await place.ok('outbox', 'flush', '--dry-run', '--json');
    const run = await place.ok(...flush);
    for (const { json } of [dry, run])
      expect(json).toMatchObject({ waiting: 5, left_out: { suppressed: 1, excluded: 2, open_complaint: 1 } });
    expect(run.json.sent).toBe(1);
    expect(mails.map(({ to }) => to)).toEqual([email(5)]);
    expect(whys(run.json)).toMatchObject({
      [email(1)]: 'taken out of the sequence: phone',
      [email(2)]: 'taken out of the sequence: asked by his boss',
    });
  });

  it('and holds what is of a sequence, or a step, that does not send now', async () => {
    const names = ['paused', 'edited', 'gone', 'torn', 'sound'];
    const { mails, place } = await waiting(1, Object.fromEntries(names.map((name) => [name, auto(name)])));
    place.edit('sequences/paused.yaml', 'steps:', 'paused: true\nsteps:');
    place.edit('sequences/edited.yaml', 'id: only', 'id: other');
    rmSync(place.path('sequences/gone.yaml'));
    place.edit('sequences/torn.yaml', 'body: "About torn, {{ contact.name }}."', 'file: nowhere.md');
    const run = await place.ok(...flush);
    expect(run.json).toMatchObject({ waiting: 5, sent: 1, left_out: { held: 4 } });
    expect(mails.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1])).toEqual(['sound']);
    const why = Object.fromEntries(
      run.json.messages.map(({ subject, why: words }: { subject: string; why: string }) => [subject, words]),
    );
    expect(why).toEqual({
      paused: 'the sequence is paused',
      edited: 'its step is not in the sequence any more',
      gone: 'its step is not in the sequence any more',
      torn: 'sequences/torn.yaml: step only: there is no sequences/torn/nowhere.md',
    });
    const list = (await place.ok('outbox', 'list', '--json')).json;
    expect(list).toHaveLength(4);
  });
});
