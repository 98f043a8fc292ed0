import { expect, it } from 'vitest';
import { firmMails } from './firm-mails.js';
import type { Place } from './harness.js';
import { mailFirm, sentBy } from './mail-firm.js';
import { mail, mbox } from './mails.js';
import { twoClones } from './two-clones.js';

/** What came in and what became of it, without the words: whichever clone wrote it, however often. */
function lines(place: Place): { event: string; message: string; place?: string }[] {
  return place
    .files('inbox')
    .flatMap((path) => place.read(path).trim().split('\n'))
    .map((line) => JSON.parse(line));
}

it.each([
  ['the same', 200],
  ['a mailbox that more comes into meanwhile', 260],
])('two clones that pull %s make one set of records, and no conflict', async (_what, to) => {
  const made = await mailFirm(20);
  const { a, b } = await twoClones(made);
  const mails = [...firmMails(to, sentBy(made))];
  a.write('../info.mbox', mbox(mails.slice(0, 200)));
  b.write('../info.mbox', mbox(mails));
  const pull = (place: Place) => place.ok('inbox', 'pull', place.path('../info.mbox'), '--json');
  await Promise.all([pull(a), pull(b)]);
  for (const place of [a, b, a]) {
    const run = await place.itaca(['sync', '--json']);
    expect([run.code, run.stderr]).toEqual([0, '']);
  }
  const shared = (place: Place) =>
    Object.entries(place.tree()).filter(([path]) => !path.startsWith('outbox/'));
  expect(shared(a)).toEqual(shared(b));
  for (const place of [a, b]) {
    const box = b.path('../info.mbox');
    expect((await place.itaca(['check'])).stdout).toBe('');
    expect(await place.git('status', '--porcelain')).toBe('');
    const { findings, received } = (await place.itaca(['inbox', 'reconcile', box, '--json'])).json;
    expect(received).toBe(to);
    // Strangers wait, since yesterday.
    expect(findings.filter(({ problem }: { problem: string }) => problem !== 'overdue')).toEqual([]);
    expect((await place.ok('inbox', 'pull', box, '--json')).json.received).toBe(0);
  }
  expect(a.files('attachments/mail')).toHaveLength(to);
  const messages = lines(a).filter(({ event }) => event === 'received');
  expect(new Set(messages.map(({ message }) => message)).size).toBe(to);
  // Of each agreement that was cancelled, once.
  for (const path of a.files('agreements')) expect(a.read(path).split('to: cancel_requested').length).toBe(2);
});

it('two clones that put the same stranger on file make one person and one case', async () => {
  const { a, b } = await twoClones(await mailFirm(2));
  const box = mbox([
    mail({ id: 's@x.example', from: 'Ugo Neri <ugo@x.example>', text: 'I libri non sono mai arrivati.' }),
  ]);
  for (const place of [a, b]) {
    place.write('../info.mbox', box);
    await place.ok('inbox', 'pull', place.path('../info.mbox'));
    const [waiting] = (await place.ok('inbox', 'list', '--json')).json;
    await place.ok('inbox', 'file', waiting.id, '--new-contact', '--intent', 'complaint');
  }
  for (const place of [a, b, a]) expect((await place.itaca(['sync', '--json'])).stderr).toBe('');
  for (const place of [a, b]) {
    expect((await place.ok('contact', 'list', 'name:"Ugo Neri"', '--json')).json).toHaveLength(1);
    expect((await place.ok('case', 'list', '--json')).json).toHaveLength(1);
    expect((await place.itaca(['check'])).stdout).toBe('');
  }
});
