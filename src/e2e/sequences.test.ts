import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folder, git, Place, project, start, workspace } from './harness.js';
import { email, firm, person, single } from './sequence-firm.js';
import { runSink, sink } from './smtp-sink.js';
import { type Team, twoClones } from './two-clones.js';

/** Follow-up of a mail, a call and a mail. */
const followUp = `title: Follow-up
purpose: service
office: main
steps:
  - id: hello
    after: P1D
    channel: email
    subject: "Hello {{ contact.name }}"
    body: "Nice to meet you, {{ contact.name }}."
  - id: call
    after: P2D
    channel: phone
    subject: whether it fits
    body: "Ask {{ contact.name }} about the size."
  - id: bye
    after: P1D
    channel: email
    subject: Bye
    body: All the best.
`;

interface Outcome {
  sequence: string;
  step: string | null;
  to: string | null;
  state: string;
  why?: string;
}

/** What a tick at a time did for sequences. */
async function tick(place: Place, at: string, code = 0): Promise<Outcome[]> {
  const run = await place.itaca(['run', '--json'], { env: { ITACA_NOW: at } });
  expect(run, run.stderr).toMatchObject({ code });
  return run.json.sequences;
}

/** Every outcome as `state step person`. */
const brief = (outcomes: Outcome[]) =>
  outcomes.map(({ state, step, to }) => [state, step, to?.slice(-1)].filter(Boolean).join(' '));

const at = (place: Place, time: string, ...args: string[]) => place.itaca(args, { env: { ITACA_NOW: time } });

const list = async (place: Place, ...more: string[]) =>
  (await place.ok('sequence', 'list', '--all', '--json', ...more)).json as {
    name: string;
    state: string;
    step: string | null;
    due: string | null;
    reason: string | null;
    evidence: string | null;
    held: string | null;
    task: string | null;
  }[];

const mailsTo = (place: Place, address: string) =>
  place
    .files('outbox/new')
    .map((path) => place.read(path))
    .filter((mail) => mail.includes(`Delivered-To: ${address}`) && mail.includes('List-Unsubscribe:'));

const clean = async (place: Place) => expect(await place.git('status', '--porcelain')).toBe('');

describe.concurrent('the life of an enrolment', () => {
  it('goes step by step, each counted from when the one before was really done', async () => {
    const place = await firm({ follow: followUp });
    // Enrolled on Friday the 20th at 10 UTC.
    expect((await place.ok('sequence', 'enroll', 'follow', email(1), '--json')).json).toMatchObject({
      enrolled: 1,
      people: [{ state: 'enrolled', ref: person(1) }],
    });
    expect(await list(place)).toMatchObject([
      { state: 'active', step: 'hello', due: '2026-11-21T11:00:00+01:00', reason: null },
    ]);
    expect(await tick(place, '2026-11-21T09:59:00Z')).toEqual([]);
    // A day late: it is sent once, and what follows counts from then.
    expect(brief(await tick(place, '2026-11-22T12:00:00Z'))).toEqual(['sent hello 1']);
    expect(brief(await tick(place, '2026-11-22T12:01:00Z'))).toEqual([]);
    const [mail = ''] = mailsTo(place, email(1));
    expect(mail).toContain('Nice to meet you, Person 1.');
    expect(mail).toMatch(/^List-Unsubscribe:/m);
    expect(mail).toMatch(/^Feedback-ID: sequence-follow:service:main:example\.org/m);
    expect(await list(place)).toMatchObject([{ step: 'call', due: '2026-11-24T13:00:00+01:00' }]);
    const made = await tick(place, '2026-11-24T12:00:00Z');
    expect(brief(made)).toEqual(['task call 1']);
    const [path = ''] = place.files('promises');
    expect(place.read(path)).toContain('call Person 1: whether it fits');
    expect(place.read(path)).toContain('Ask Person 1 about the size.');
    const due = (await at(place, '2026-11-25T09:00:00Z', 'due', '--json')).json;
    expect(due).toMatchObject([{ kind: 'promise', by: 'anna', due: '2026-11-25' }]);
    // Until the call is made nothing follows, however long it takes.
    expect(brief(await tick(place, '2026-11-29T12:00:00Z'))).toEqual([]);
    expect(await list(place)).toMatchObject([{ step: 'call', due: null, task: path.slice(9, -3) }]);
    await at(place, '2026-11-29T13:00:00Z', 'promise', 'keep', path.slice(9, -3));
    expect(brief(await tick(place, '2026-11-30T12:59:00Z'))).toEqual([]);
    expect(brief(await tick(place, '2026-11-30T13:00:00Z'))).toEqual(['sent bye 1']);
    expect(await list(place)).toMatchObject([{ state: 'finished', step: null }]);
    expect(brief(await tick(place, '2026-12-30T13:00:00Z'))).toEqual([]);
    expect(mailsTo(place, email(1))).toHaveLength(2);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    await clean(place);
    // Nobody is written to again who is through.
    expect((await place.ok('sequence', 'enroll', 'follow', email(1), '--json')).json).toMatchObject({
      enrolled: 0,
      finished: 1,
    });
  });

  it('counts open days in a calendar', async () => {
    const place = await firm({ follow: followUp.replace('office: main', 'office: main\ncalendar: office') });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    // An open day after a Friday is Monday.
    expect(await list(place)).toMatchObject([{ due: '2026-11-23T11:00:00+01:00' }]);
  });

  it('begins by itself for whoever meets the query, once', async () => {
    const place = await firm({ auto: single('News', 'enroll: +all\n') }, 2);
    expect(brief(await tick(place, '2026-11-20T10:00:00Z'))).toEqual([
      'enrolled 1',
      'enrolled 2',
      'sent only 1',
      'sent only 2',
    ]);
    await place.ok('contact', 'add', '--name', 'Person 3', '--email', email(3), '--tag', 'all');
    expect((await tick(place, '2026-11-20T11:00:00Z')).map(({ state }) => state)).toEqual([
      'enrolled',
      'sent',
    ]);
    expect(await tick(place, '2026-11-20T12:00:00Z')).toEqual([]);
    const show = (await place.ok('sequence', 'show', 'auto', '--json')).json;
    expect(show).toMatchObject({ active: 0, finished: 3, steps: [{ id: 'only', done: 3, next: 0 }] });
  });

  it('as a dry run writes and sends nothing', async () => {
    const place = await firm({ auto: single('News', 'enroll: +all\n') }, 2);
    const before = place.tree();
    const dry = await place.itaca(['run', '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(brief(dry.json.sequences)).toEqual([
      'enrolled 1',
      'enrolled 2',
      'waiting only 1',
      'waiting only 2',
    ]);
    const enroll = await place.itaca(['sequence', 'enroll', 'auto', email(1), '--dry-run', '--json']);
    expect(enroll.json).toMatchObject({ enrolled: 1 });
    expect(place.tree()).toEqual(before);
  });

  it('is looked through before it begins, and each step read', async () => {
    const place = await firm({ follow: followUp }, 2);
    place.edit('sequences/follow.yaml', 'about the size', 'about {{ contact.title }}');
    expect((await place.itaca(['sequence', 'check', 'follow'])).stdout).not.toContain('error');
    await place.ok('sequence', 'enroll', 'follow', email(1));
    const check = await place.itaca(['sequence', 'check', 'follow', '--json']);
    expect(check).toMatchObject({ code: 1 });
    expect(check.json.filter(({ severity }: { severity: string }) => severity === 'error')).toMatchObject([
      {
        path: 'sequences/follow.yaml#call',
        contact: person(1),
        message: expect.stringContaining('contact.title'),
      },
    ]);
    place.edit('sequences/follow.yaml', '{{ contact.title }}', '{{ contact.title');
    expect((await place.itaca(['sequence', 'check', 'follow'])).stdout).toContain(
      'sequences/follow.yaml#call',
    );
    const preview = (await place.ok('sequence', 'preview', 'follow', 'hello', email(2), '--json')).json;
    expect(preview).toMatchObject({ subject: 'Hello Person 2', to: email(2), channel: 'email' });
    expect(preview.text).toContain('Nice to meet you, Person 2.');
    await place.ok('suppress', 'add', email(2), '--reason', 'unsubscribed');
    expect(await place.itaca(['sequence', 'preview', 'follow', 'hello', email(2)])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('suppressed'),
    });
    expect(await place.itaca(['sequence', 'preview', 'follow', 'nothing', email(2)])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('steps are: hello, call, bye'),
    });
    expect((await place.ok('contact', 'show', email(1), '--json')).json.sequences).toEqual([
      { sequence: 'follow', state: 'active', step: 'hello', due: '2026-11-21T11:00:00+01:00' },
    ]);
  });

  it('asks before it enrols many, and names who is nobody', async () => {
    const place = await firm({ follow: followUp }, 3);
    const query = ['sequence', 'enroll', 'follow', '--query', '+all'];
    expect(await place.itaca(query)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Enrol 3 people in follow?'),
    });
    expect((await place.ok(...query, '--yes', '--json')).json).toMatchObject({ enrolled: 3 });
    expect((await place.ok(...query, '--yes', '--json')).json).toMatchObject({ enrolled: 0, already: 3 });
    expect(await place.itaca(['sequence', 'enroll', 'follow', 'nobody@example.com'])).toMatchObject({
      code: 3,
    });
    expect(await place.itaca(['sequence', 'enroll', 'fellow', email(1)])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('sequences are: follow'),
    });
    expect(await place.itaca(['sequence', 'enroll', 'follow'])).toMatchObject({ code: 2 });
    expect(await place.itaca(['sequence', 'stop', '../follow', email(1)])).toMatchObject({ code: 3 });
  });
});

describe.concurrent('a sequence stops', () => {
  const later = '2026-11-20T12:00:00Z';
  const record = (place: Place, path: string, front: string) => place.write(path, `---\n${front}---\n`);

  it.each<[string, (place: Place) => unknown, string | null]>([
    ['reply', (place) => at(place, later, 'log', 'phone', email(1), 'no thanks', '--in'), null],
    [
      'case',
      (place) => at(place, later, 'case', 'open', 'Broken', '--contact', email(1), '--type', 'question'),
      null,
    ],
    [
      'deal',
      (place) =>
        record(
          place,
          'deals/d-dddddddddd.md',
          `title: D\ncontact: ${person(1)}\nstage: lead\nhistory:\n  - at: 2026-11-20T13:00:00+01:00\n    to: lead\n`,
        ),
      'd-dddddddddd',
    ],
    [
      'unsubscribe',
      (place) => at(place, later, 'suppress', 'add', email(1), '--reason', 'unsubscribed'),
      null,
    ],
    [
      'unsubscribe',
      (place) =>
        place.edit(
          `contacts/${person(1)}.md`,
          'owner:',
          'consents:\n  - purpose: service\n    channel: email\n    basis: contract\n    state: refused\n    at: 2026-11-20T12:30:00+01:00\nowner:',
        ),
      person(1),
    ],
    [
      'cancellation',
      (place) =>
        record(
          place,
          'agreements/a-aaaaaaaaaa.md',
          `number: A1\ncontact: ${person(1)}\nstate: cancel_requested\nhistory:\n  - at: 2026-11-20T13:00:00+01:00\n    to: cancel_requested\n`,
        ),
      'a-aaaaaaaaaa',
    ],
  ])('on a %s, and tells what says so', async (reason, happen, evidence) => {
    const place = await firm({ follow: followUp }, 2);
    await place.ok('sequence', 'enroll', 'follow', email(1), email(2));
    await happen(place);
    expect(brief(await tick(place, '2026-11-21T12:00:00Z'))).toEqual(['stopped 1', 'sent hello 2']);
    const [first] = (await list(place)).filter(({ name }) => name === 'Person 1');
    expect(first).toMatchObject({ state: 'stopped', reason });
    if (evidence) expect(first?.evidence).toBe(evidence);
    else expect(first?.evidence).toMatch(/[0-9a-z]{10}$/);
    expect(brief(await tick(place, '2026-11-22T12:00:00Z'))).toEqual([]);
    expect(mailsTo(place, email(1))).toEqual([]);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
  });

  const callFor = followUp
    .replace('purpose: service', 'purpose: newsletter')
    .replaceAll('channel: email', 'channel: email\n    purpose: newsletter')
    .replace('channel: phone', 'channel: phone\n    purpose: service');
  const yes =
    'consents:\n  - purpose: newsletter\n    channel: email\n    basis: consent\n    state: given\n    at: 2026-01-01\n';

  it.each<[string, (place: Place) => unknown]>([
    [
      'suppression',
      (place) =>
        at(
          place,
          '2026-11-21T13:00:00Z',
          'suppress',
          'add',
          email(1),
          '--reason',
          'unsubscribed',
          '--scope',
          'newsletter',
        ),
    ],
    [
      'withdrawal',
      (place) =>
        place.edit(
          `contacts/${person(1)}.md`,
          'owner:',
          '  - purpose: newsletter\n    channel: email\n    state: withdrawn\n    at: 2026-11-21T14:00:00+01:00\nowner:',
        ),
    ],
  ])('on a %s of what it is for, though its next step is for something else', async (_, say) => {
    const place = await firm({ follow: callFor, goes: `${callFor}stop_on: [reply]\n` }, 2);
    for (const n of [1, 2]) place.edit(`contacts/${person(n)}.md`, 'owner:', `${yes}owner:`);
    await place.ok('sequence', 'enroll', 'follow', email(1), email(2));
    expect(brief(await tick(place, '2026-11-21T12:00:00Z'))).toEqual(['sent hello 1', 'sent hello 2']);
    await place.ok('sequence', 'enroll', 'goes', email(1));
    await say(place);
    const outcomes = await tick(place, '2026-11-23T12:00:00Z');
    expect(brief(outcomes.filter(({ sequence }) => sequence === 'follow'))).toEqual([
      'stopped 1',
      'task call 2',
    ]);
    const stopped = (await list(place)).find(({ name }) => name === 'Person 1');
    expect(stopped).toMatchObject({ state: 'stopped', reason: 'unsubscribe' });
  });

  it('not on what was before, on a machine, or where it does not stop on it', async () => {
    const place = await firm({ follow: `${followUp}stop_on: [case]\n`, other: followUp });
    await at(place, '2026-11-20T09:00:00Z', 'log', 'phone', email(1), 'hello', '--in');
    await place.ok('sequence', 'enroll', 'follow', email(1));
    await place.ok('sequence', 'enroll', 'other', email(1));
    record(
      place,
      'interactions/2026/11/m-mmmmmmmmmm.md',
      `at: 2026-11-20T14:00:00+01:00\nchannel: email\ndirection: inbound\ncontacts:\n  - ${person(1)}\nauto_submitted: auto-replied\n`,
    );
    await at(place, later, 'log', 'phone', email(1), 'called him', '--out');
    expect(await tick(place, '2026-11-20T14:00:00Z')).toEqual([]);
    await at(place, later, 'log', 'phone', email(1), 'yes please', '--in');
    expect(
      (await tick(place, '2026-11-20T14:01:00Z')).map(({ sequence, state }) => `${state} ${sequence}`),
    ).toEqual(['stopped other']);
  });

  it('where a person says so, and goes on where a person takes it up', async () => {
    const place = await firm({ follow: followUp });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    await tick(place, '2026-11-21T12:00:00Z');
    expect(
      await place.itaca(['sequence', 'stop', 'follow', person(1), '--why', 'met him', '--json']),
    ).toMatchObject({
      code: 0,
    });
    expect(await list(place)).toMatchObject([{ state: 'stopped', reason: 'manual' }]);
    expect((await place.ok('sequence', 'list', '--json')).json).toEqual([]);
    expect((await place.ok('sequence', 'enroll', 'follow', '--query', '+all', '--json')).json).toMatchObject({
      enrolled: 0,
      stopped: 1,
    });
    await at(place, '2026-11-25T12:00:00Z', 'sequence', 'enroll', 'follow', email(1));
    expect(await list(place)).toMatchObject([
      { state: 'active', step: 'call', due: '2026-11-27T13:00:00+01:00' },
    ]);
  });

  it('and takes its open task back: nobody calls who said no', async () => {
    const place = await firm({ follow: followUp }, 2);
    await place.ok('sequence', 'enroll', 'follow', email(1), email(2));
    await tick(place, '2026-11-21T12:00:00Z');
    expect(brief(await tick(place, '2026-11-23T12:00:00Z'))).toEqual(['task call 1', 'task call 2']);
    await at(place, '2026-11-23T13:00:00Z', 'suppress', 'add', email(1), '--reason', 'unsubscribed');
    await at(place, '2026-11-23T13:00:00Z', 'sequence', 'stop', 'follow', email(2), '--why', 'met him');
    expect(brief(await tick(place, '2026-11-23T14:00:00Z'))).toEqual(['stopped 1']);
    const promises = (await place.ok('promise', 'list', '--all', '--json')).json;
    expect(promises).toHaveLength(2);
    for (const promise of promises) expect(promise.state).toBe('cancelled');
    expect((await at(place, '2026-11-24T09:00:00Z', 'due', '--json')).json).toEqual([]);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    await clean(place);
  });

  it('for whom it is no more', async () => {
    const place = await firm({ follow: followUp }, 2);
    await place.ok('sequence', 'enroll', 'follow', email(1), email(2));
    await place.git('rm', '-q', `contacts/${person(1)}.md`);
    await place.git('commit', '-qm', 'gone');
    expect(brief(await tick(place, '2026-11-21T12:00:00Z'))).toEqual(['stopped 1', 'sent hello 2']);
    expect((await list(place)).find(({ reason }) => reason)?.reason).toBe('gone');
  });
});

describe.concurrent('the gate of campaigns', () => {
  it('holds a step while a complaint is open, says so, and lets it go afterwards', async () => {
    const place = await firm({ follow: `${followUp}stop_on: [unsubscribe]\n` });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    const { json } = await place.ok(
      'case',
      'open',
      'Broken',
      '--contact',
      email(1),
      '--type',
      'complaint',
      '--json',
    );
    const [held] = await tick(place, '2026-11-21T12:00:00Z');
    expect(held).toMatchObject({ state: 'left_out', step: 'hello', why: expect.stringContaining('Broken') });
    const listed = (await at(place, '2026-11-21T12:00:00Z', 'sequence', 'list', '--json')).json;
    expect(listed[0].held).toContain('open complaint');
    // Cron does not hear of it again and again.
    expect((await at(place, '2026-11-21T13:00:00Z', 'run')).stdout).not.toContain('follow');
    place.edit(json.path, 'state: new', 'state: rejected');
    expect(brief(await tick(place, '2026-11-23T12:00:00Z'))).toEqual(['sent hello 1']);
  });

  it('lets one mail through where two sequences would break the limit of all', async () => {
    const place = await firm({ a: single('A', 'enroll: +all\n'), b: single('B', 'enroll: +all\n') });
    place.write(
      'itaca.yaml',
      `${place.read('itaca.yaml')}limits:\n  frequency:\n    messages: 1\n    within: P7D\n`,
    );
    expect(brief(await tick(place, '2026-11-20T10:00:00Z'))).toEqual([
      'enrolled 1',
      'sent only 1',
      'enrolled 1',
      'left_out only 1',
    ]);
    const campaign = (
      await place.ok(
        'campaign',
        'new',
        'News',
        '--purpose',
        'service',
        '--audience',
        '+all',
        '--subject',
        'N',
        '--body',
        'News',
        '--json',
      )
    ).json.id;
    expect((await place.ok('campaign', 'audience', campaign, '--json')).json).toMatchObject({
      left_out: { frequency_cap: 1 },
    });
    expect(brief(await tick(place, '2026-11-28T10:00:00Z'))).toEqual(['sent only 1']);
  });

  it('does not send what a campaign said already', async () => {
    const place = await firm({ a: single('Spring') });
    const { json } = await place.ok(
      'campaign',
      'new',
      'S',
      '--purpose',
      'service',
      '--audience',
      '+all',
      '--subject',
      'Spring',
      '--body',
      'About Spring, {{ contact.name }}.',
      '--json',
    );
    await place.ok('campaign', 'send', json.id, '--confirm', 'S', '--json');
    await place.ok('sequence', 'enroll', 'a', email(1));
    expect(brief(await tick(place, '2026-11-20T10:00:00Z'))).toEqual(['skipped only 1']);
    expect(mailsTo(place, email(1))).toHaveLength(1);
    expect(await list(place)).toMatchObject([{ state: 'finished' }]);
  });

  it('asks for a yes where the purpose rests on one, and each channel for its own', async () => {
    const place = await firm({ follow: followUp.replace('purpose: service', 'purpose: newsletter') });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    expect(await tick(place, '2026-11-21T12:00:00Z')).toMatchObject([
      { state: 'left_out', why: 'no consent to newsletter on file' },
    ]);
    place.edit(
      `contacts/${person(1)}.md`,
      'owner:',
      'consents:\n  - purpose: newsletter\n    channel: email\n    basis: consent\n    state: given\n    at: 2026-11-20T12:30:00+01:00\nowner:',
    );
    expect(brief(await tick(place, '2026-11-21T12:00:00Z'))).toEqual(['sent hello 1']);
    expect(brief(await tick(place, '2026-11-23T12:00:00Z'))).toEqual(['left_out call 1']);
    expect(place.files('promises')).toEqual([]);
  });

  it('has calls made to people without an address, and letters only where one is on file', async () => {
    const letter = followUp.replace(
      'id: hello\n    after: P1D\n    channel: email',
      'id: hello\n    after: P1D\n    channel: letter',
    );
    const place = await firm({
      letter,
      call:
        followUp.slice(0, followUp.indexOf('  - id: hello')) +
        followUp.slice(followUp.indexOf('  - id: call'), followUp.indexOf('  - id: bye')),
    });
    place.write(`contacts/${person(2)}.md`, '---\nname: Person 2\n---\n');
    for (const name of ['letter', 'call']) await place.ok('sequence', 'enroll', name, person(2));
    const first = await tick(place, '2026-11-22T12:00:00Z', 7);
    expect(first).toMatchObject([
      { sequence: 'call', state: 'task' },
      { sequence: 'letter', state: 'waiting', why: expect.stringContaining('no postal address') },
    ]);
    place.edit(
      `contacts/${person(2)}.md`,
      'name: Person 2',
      'name: Person 2\naddresses:\n  - street: Via Po 3\n    postal_code: "10123"\n    locality: Torino',
    );
    expect(brief(await tick(place, '2026-11-23T12:00:00Z'))).toEqual(['task hello 2']);
    const written = place.files('promises').map((path) => place.read(path));
    expect(written.find((text) => text.includes('write to Person 2'))).toMatch(
      /Person 2 {2}\nVia Po 3 {2}\n10123 Torino\n\nNice to meet you/,
    );
  });

  it('sends no mails of sequences where messages need an approval', async () => {
    const place = await firm({ auto: single('News', 'enroll: +all\n') });
    place.write('itaca.yaml', `${place.read('itaca.yaml')}approval: four_eyes\n`);
    const [, refused] = await tick(place, '2026-11-20T10:00:00Z', 7);
    expect(refused).toMatchObject({ state: 'waiting', why: expect.stringContaining('approval') });
    expect(mailsTo(place, email(1))).toEqual([]);
  });

  it('makes no half message: a tag without a value keeps back one person alone', async () => {
    const place = await firm(
      { auto: single('News', 'enroll: +all\n').replace('{{ contact.name }}', '{{ contact.title }}') },
      2,
    );
    place.edit(`contacts/${person(2)}.md`, 'owner:', 'title: Buyer\nowner:');
    const outcomes = (await tick(place, '2026-11-20T10:00:00Z', 7)).filter(
      ({ state }) => state !== 'enrolled',
    );
    expect(brief(outcomes)).toEqual(['waiting only 1', 'sent only 2']);
    expect(outcomes[0]?.why).toContain('contact.title');
  });

  it('counts in the reports of what was sent, also after a no', async () => {
    const place = await firm({ auto: single('News', 'office: main\nenroll: +all\n') });
    await tick(place, '2026-11-20T10:00:00Z');
    expect((await place.ok('report', 'sends', '--json')).json).toMatchObject([
      { address: email(1), campaign: 'sequence-auto', title: 'News', office: 'main', state: 'sent' },
    ]);
    expect((await place.ok('report', 'who-did-what', '--json')).json).toMatchObject([
      { ref: 'sequence-auto', sent: 1, sent_by: [{ by: 'anna' }], built_by: [{ by: expect.any(String) }] },
    ]);
    expect((await place.ok('report', 'sends-after-cancel', '--json')).json).toEqual([]);
    place.write(
      'suppressions/s-ssssssssss.md',
      `---\naddress: ${email(1)}\nreason: unsubscribed\nat: 2026-11-20T09:00:00+01:00\n---\n`,
    );
    expect((await place.ok('report', 'sends-after-cancel', '--json')).json).toMatchObject([
      { campaign: 'sequence-auto', evidence: 's-ssssssssss' },
    ]);
  });
});

describe.concurrent('people who are one', () => {
  it('get a step once: two contacts of one address, and one that was merged into another', async () => {
    const place = await firm({ follow: followUp }, 3);
    place.edit(`contacts/${person(2)}.md`, email(2), email(1));
    await place.ok('sequence', 'enroll', 'follow', person(1), person(2), person(3), '--yes');
    // Person 3 has another address, and turns out to be Person 1 later.
    expect(brief(await tick(place, '2026-11-21T12:00:00Z')).sort()).toEqual([
      'sent hello 1',
      'sent hello 3',
      'stopped 2',
    ]);
    await at(place, '2026-11-21T13:00:00Z', 'contact', 'merge', person(1), person(3), '--yes');
    const made = brief(await tick(place, '2026-11-24T12:00:00Z'));
    expect(made).toEqual(['task call 1']);
    expect(mailsTo(place, email(1))).toHaveLength(1);
    expect((await list(place)).map(({ name }) => name).sort()).toEqual(['Person 1', 'Person 2']);
    expect(await place.itaca(['check'])).toMatchObject({ code: 0 });
  });
});

describe.concurrent('a sequence that is edited', () => {
  it('goes on by the ids of its steps', async () => {
    const place = await firm({ follow: followUp });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    await tick(place, '2026-11-21T12:00:00Z');
    // The call is dropped, a step comes before what was done, and the first one reads otherwise.
    const [head = '', hello = '', , bye = ''] = followUp.split(/(?=^ {2}- id)/m);
    const early = bye.replace('id: bye', 'id: early');
    place.write('sequences/follow.yaml', head + early + hello.replace('Nice', 'Very nice') + bye);
    expect(await list(place)).toMatchObject([{ step: 'bye', due: '2026-11-22T13:00:00+01:00' }]);
    expect(brief(await tick(place, '2026-11-22T12:00:00Z'))).toEqual(['sent bye 1']);
    expect(mailsTo(place, email(1))).toHaveLength(2);
  });

  it('waits while it is paused', async () => {
    const place = await firm({ auto: single('News', 'paused: true\nenroll: +all\n') });
    await place.ok('sequence', 'enroll', 'auto', email(1));
    expect(await tick(place, '2026-11-21T12:00:00Z')).toEqual([]);
    expect(await list(place)).toMatchObject([{ state: 'paused' }]);
    place.edit('sequences/auto.yaml', 'paused: true\n', '');
    expect(brief(await tick(place, '2026-11-21T12:00:00Z'))).toEqual(['sent only 1']);
  });

  it.each<[string, (text: string) => string, string]>([
    ['no YAML', (text) => text.replace('steps:', 'steps: ['), 'broken YAML'],
    [
      'a step without an id',
      (text) => text.replace('- id: hello\n    after', '- after'),
      'a step needs an id',
    ],
    [
      'two steps of one id',
      (text) => text.replace('id: bye', 'id: hello'),
      'another step has the id "hello"',
    ],
    ['a time that is none', (text) => text.replace('P2D', '2 days'), 'expected an ISO 8601 duration'],
    ['a channel nobody has', (text) => text.replace('channel: phone', 'channel: pigeon'), 'channel'],
    ['a calendar that is not there', (text) => `${text}calendar: moon\n`, 'there is no calendar "moon"'],
  ])(
    'to %s is named with its line, by check and by run, which takes the others on',
    async (_, change, said) => {
      const place = await firm({ auto: single('News', 'enroll: +all\n'), follow: followUp });
      place.write('sequences/follow.yaml', change(followUp));
      const check = await place.itaca(['check']);
      expect(check.code).toBe(1);
      expect(check.stdout).toMatch(/^sequences\/follow\.yaml:\d+:\d+: /m);
      expect(check.stdout).toContain(said);
      const outcomes = await tick(place, '2026-11-20T10:00:00Z', 7);
      expect(brief(outcomes)).toEqual(['enrolled 1', 'sent only 1', 'waiting']);
      expect(outcomes[2]).toMatchObject({
        sequence: 'follow',
        why: expect.stringContaining('sequences/follow.yaml'),
      });
      expect(outcomes[2]?.why).toContain(said);
    },
  );

  it.each<[string, string, string]>([
    ['purpose: service', 'purpose: spam', 'itaca.yaml knows no purpose "spam"'],
    ['office: main', 'office: moon', 'itaca.yaml knows no office "moon"'],
    ['office: main', 'enroll: "(a"', 'enroll: in the query'],
    ['body: All the best.', 'file: bye.md', 'there is no sequences/follow/bye.md'],
    ['    body: All the best.\n', '', 'says nothing'],
    ['office: main', 'enrol: +all', 'a sequence has no key "enrol"'],
    ['office: main', 'stop_onn: [reply]', 'did you mean stop_on?'],
    ['office: main', 'stop_on: [repli]', 'there is no "repli"; expected reply, case, deal'],
    ['office: main', 'stop_on: repli', 'there is no "repli"; expected reply, case, deal'],
    [
      'office: main',
      'stop_on: {reply: true}',
      'expected reply, case, deal, unsubscribe, cancellation, as a list',
    ],
    [
      'office: main',
      'holds: [open_complant]',
      'there is no "open_complant"; expected agreement_cancelled, open_c',
    ],
    ['office: main', 'holds: {late_odrer: false}', 'there is no "late_odrer"; expected agreement_cancelled'],
  ])('check and sequence check know what is wrong with %s → %s', async (piece, instead, said) => {
    const place = await firm({ follow: followUp });
    place.edit('sequences/follow.yaml', piece, instead);
    for (const command of [['check'], ['sequence', 'check', 'follow']]) {
      const { stdout, code } = await place.itaca([...command, '--json']);
      expect(code).toBe(1);
      const found = JSON.parse(stdout).map(
        ({ message, hint }: Record<string, string>) => `${message} ${hint}`,
      );
      expect(found.join('\n')).toContain(said);
    }
  });

  it('takes holds and conditions by name, one or many', async () => {
    const place = await firm({ follow: followUp });
    for (const right of [
      'holds: open_complaint',
      'holds: [late_order]',
      'holds: {late_order: false}',
      'stop_on: case',
    ]) {
      place.write('sequences/follow.yaml', `${followUp}${right}\n`);
      expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
    }
  });

  it('whose ledger was damaged is named, and nothing of it leaves', async () => {
    const place = await firm({ follow: followUp });
    await place.ok('sequence', 'enroll', 'follow', email(1));
    const [ledger = ''] = place.files('sequences').filter((path) => path.endsWith('.jsonl'));
    place.edit(ledger, '"by":"anna"', '"by":"bert"');
    expect(await place.itaca(['check'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${ledger}:1: `),
    });
    expect(await tick(place, '2026-11-22T10:00:00Z', 7)).toMatchObject([
      { state: 'waiting', why: expect.stringContaining('changed after it was written') },
    ]);
    expect(mailsTo(place, email(1))).toEqual([]);
  });
});

/** A mail and a call at once, for everybody. */
const both = `${single('News', 'enroll: +all\n')}  - id: call
    after: PT0S
    channel: phone
    subject: News
`;

/** Two clones of a firm that share a bare remote, each with a home of its own. */
async function team(port?: number, people = 2): Promise<Team> {
  const made = await firm({ auto: both }, people);
  if (port !== undefined) {
    bySmtp(made, port);
    await made.git('commit', '-qam', 'smtp');
  }
  return twoClones(made);
}

function bySmtp(place: Place, port: number): void {
  place.edit(
    'itaca.yaml',
    'transport: outbox',
    `transport: smtp\n  smtp:\n    host: 127.0.0.1\n    port: "${port}"\n    secure: false`,
  );
}

const [first, second, third] = ['10:00', '12:00', '14:00'].map((time) => `2026-11-20T${time}:00Z`) as [
  string,
  string,
  string,
];
const friday = '2026-11-20';

describe.concurrent('two clones that tick without having synced', () => {
  it('enrol each person once, and have each task once on record afterwards', async () => {
    const { a, b } = await team();
    // One of them comes two hours later, and each takes the steps that it thinks are due.
    for (const time of [first, second]) await tick(a, time);
    for (const time of [second, third]) await tick(b, time);
    for (const place of [a, b]) expect(place.files('promises')).toHaveLength(2);
    for (const place of [a, b, a]) await place.ok('sync');
    for (const what of ['sequences', 'promises'])
      expect(a.files(what).map((path) => a.read(path))).toEqual(b.files(what).map((path) => b.read(path)));
    expect(a.files('promises')).toHaveLength(2);
    // What was made first stands.
    for (const path of a.files('promises'))
      expect(a.read(path)).toContain(`made_at: ${friday}T13:00:00+01:00`);
    for (const place of [a, b]) {
      expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
      expect(await tick(place, '2026-11-20T15:00:00Z')).toEqual([]);
      expect(await list(place)).toMatchObject([
        { step: 'call', state: 'active' },
        { step: 'call', state: 'active' },
      ]);
      await clean(place);
    }
  });

  it('stay stopped for whom one of them stopped, whatever the other did later', async () => {
    const { a, b } = await team();
    await tick(a, first);
    await at(a, second, 'sequence', 'stop', 'auto', email(1));
    await tick(b, third);
    for (const place of [a, b, a]) await place.ok('sync');
    for (const place of [a, b])
      expect((await list(place)).filter(({ state }) => state === 'stopped')).toMatchObject([
        { name: 'Person 1' },
      ]);
  });
});

describe.skipIf(sink === undefined).concurrent('by SMTP', () => {
  it('in a team each mail leaves once, whoever comes first', async () => {
    const { port, mails } = await runSink();
    const { a, b, remote } = await team(port, 3);
    const runs = await Promise.all([a, b].map((place) => tick(place, first)));
    const sent = brief(runs.flat()).filter((one) => one.startsWith('sent'));
    expect(sent.sort()).toEqual(['sent only 1', 'sent only 2', 'sent only 3']);
    for (const place of [a, b]) expect(brief(await tick(place, first)).join()).not.toContain('sent');
    expect(mails()).toHaveLength(3);
    expect(await git(remote, 'for-each-ref', 'refs/itaca/lease')).toBe('');
    for (const place of [a, b, a]) await place.ok('sync');
    expect(a.tree()).toEqual(b.tree());
    expect(a.files('promises')).toHaveLength(3);
  });

  it('a mail in doubt is told of once and never sent again; what was refused stops', async () => {
    const doubtful = await runSink('-q', '.');
    const place = await firm({ auto: both });
    bySmtp(place, doubtful.port);
    expect(brief(await tick(place, first, 7))).toEqual(['enrolled 1', 'unknown only 1']);
    expect(brief(await tick(place, second))).toEqual(['task call 1']);
    expect(doubtful.mails()).toHaveLength(1);
    const refusing = await runSink('-f', 'RCPT');
    const other = await firm({ auto: both });
    bySmtp(other, refusing.port);
    expect(brief(await tick(other, first, 7))).toEqual(['enrolled 1', 'rejected only 1']);
    expect(brief(await tick(other, second))).toEqual(['stopped 1']);
    expect((await list(other))[0]).toMatchObject({ reason: 'rejected' });
  });

  it('a server that does not answer defers, and the next run sends', async () => {
    const { port, mails } = await runSink();
    const place = await firm({ auto: both });
    bySmtp(place, 1);
    expect(brief(await tick(place, first, 7))).toEqual(['enrolled 1', 'deferred only 1']);
    place.edit('itaca.yaml', 'port: "1"', `port: "${port}"`);
    expect(brief(await tick(place, second))).toEqual(['sent only 1']);
    expect(mails()).toHaveLength(1);
  });
});

/** The same numbers for the same seed. */
function* randoms(seed: number): Generator<number, number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.each([
  ['the outbox', false],
  ['SMTP', true],
] as const)('a tick that is killed at any moment, by %s', (_, smtp) => {
  it.skipIf(smtp && sink === undefined)(
    'is completed by later ones, and does nothing twice',
    async () => {
      const people = 4;
      const random = randoms(20261120);
      const made = await firm({ auto: both }, people);
      const copy = async () => {
        const home = folder();
        const place = new Place(join(home, 'W'), home);
        cpSync(made.root, place.root, { recursive: true });
        const server = smtp ? await runSink() : undefined;
        if (server) {
          bySmtp(place, server.port);
          await place.git('commit', '-qam', 'smtp');
        }
        const ids = () =>
          (server?.mails() ?? place.files('outbox/new').map((path) => place.read(path)))
            .filter((mail) => mail.includes('List-Unsubscribe'))
            .map((mail) => /^Message-ID: (.*?)\r?$/m.exec(mail)?.[1]);
        return { place, ids };
      };
      const whole = await copy();
      const began = performance.now();
      await tick(whole.place, first);
      const took = performance.now() - began;
      expect(whole.ids()).toHaveLength(people);
      for (let kill = 0; kill < 4; kill++) {
        const { place, ids } = await copy();
        const child = start(['-C', place.root, 'run', '--quiet'], {
          env: { ...place.env, ITACA_NOW: first },
        });
        const end = once(child, 'close');
        await Promise.race([wait(took * (0.2 + 0.8 * random.next().value)), end]);
        child.kill('SIGKILL');
        await end;
        // The gits that it ran come to their end.
        await wait(300);
        rmSync(place.path('.git/index.lock'), { force: true });
        let doubts = 0;
        for (const time of [second, third, '2026-11-20T16:00:00Z', '2026-11-20T18:00:00Z']) {
          const run = await place.itaca(['run', '--json'], { env: { ITACA_NOW: time } });
          expect([0, 7], run.stderr).toContain(run.code);
          doubts += brief(run.json.sequences).filter((one) => one.startsWith('unknown')).length;
        }
        expect(new Set(ids()).size).toBe(ids().length);
        expect(people - ids().length).toBeLessThanOrEqual(doubts);
        if (!smtp) expect(ids().length + doubts).toBeGreaterThanOrEqual(people);
        expect(place.files('promises')).toHaveLength(people);
        expect(await list(place)).toHaveLength(people);
        expect(brief(await tick(place, '2026-11-20T19:00:00Z'))).toEqual([]);
        expect(await place.itaca(['check'])).toMatchObject({ code: 0, stdout: '' });
        await clean(place);
      }
    },
    120_000,
  );
});

it('of the example is sound and goes its way', async () => {
  const place = await workspace({ example: 'fair' });
  const text = readFileSync(`${project}/examples/fair/sequences/after-fair.yaml`, 'utf8');
  expect(place.read('sequences/after-fair.yaml')).toBe(text);
  await at(place, '2026-11-24T08:00:00Z', '--as', 'luca', 'sequence', 'enroll', 'after-fair', 'yjveepn3r3');
  expect(brief(await tick(place, '2026-11-24T13:00:00Z'))).toEqual(['sent thanks 3']);
  expect(mailsTo(place, 'chiara.fontana@vetrerialido.example')[0]).toContain('chiacchierata');
});
