import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, project, workspace } from './harness.js';

const now = { ITACA_NOW: '2026-11-24T09:00:00+01:00', ITACA_ACTOR: 'carla' };
const post = join(project, 'examples', 'post');

async function ok(place: Place, ...args: string[]) {
  const run = await place.itaca(args, { env: now });
  if (run.code !== 0) throw new Error(`${args.join(' ')}: ${run.stderr}${run.stdout}`);
  return run;
}

describe('what comes to the book club', () => {
  it('in capitals, by mail, by fax and again is one case, with the clock of the first mail', async () => {
    const place = await workspace({ example: 'bookclub' });
    // In any order, and nothing of it on file: as if nobody had ever read a mail.
    const [first] = place
      .files('interactions')
      .filter((path) => place.read(path).includes('<tm-0903@example.it>'));
    expect(first).toBeDefined();
    await place.git('rm', '-q', '-r', 'cases', 'interactions', 'promises');
    await place.git('commit', '-qm', 'nothing was ever read');
    const fax = (await ok(place, 'inbox', 'pull', join(post, 'fax'), '--channel', 'fax', '--json')).json;
    expect(fax).toMatchObject({ received: 1, filed: 1, cases_opened: 1 });
    const mails = (await ok(place, 'inbox', 'pull', join(post, 'mail'), '--json')).json;
    expect(mails).toMatchObject({
      received: 8,
      by_kind: { person: 5, unsubscribe: 1, autoreply: 1, bulk: 1 },
    });
    const complaints = (await ok(place, 'case', 'list', 'type:complaint', '--json')).json;
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatchObject({
      contact: 'teresa-marchetti-vsetrwfx7a',
      order: '26-0834-5zr0qrxhhf',
      opened_at: '2026-09-03T21:08:00+02:00',
    });
    const inCase = place
      .files('interactions')
      .map((path) => place.read(path))
      .filter((text) => text.includes('contacts:\n  - teresa-marchetti-vsetrwfx7a'));
    expect(inCase).toHaveLength(4);
    expect(
      inCase.every((text) => text.includes(`case: ${complaints[0].ref}`) || text.includes(complaints[0].id)),
    ).toBe(true);
    expect(inCase.map((text) => /channel: (\w+)/.exec(text)?.[1]).sort()).toEqual([
      'email',
      'email',
      'email',
      'fax',
    ]);
    // It is late since September, and shouting, a lawyer and the press raise it to the head.
    const { escalated } = (await ok(place, 'run', '--json')).json;
    const whys = escalated
      .filter(({ case: ref }: { case: string }) => ref.endsWith(complaints[0].id))
      .map(({ why }: { why: string }) => why)
      .join('\n');
    for (const seen of ['first response missed', 'capitals', 'lawyer', 'lettere@gazzettadiferrara.example'])
      expect(whys).toContain(seen);
    expect(await place.git('status', '--porcelain')).toBe('');
  });

  it('goes on where the club stands: what is on file is not filed twice, and the rest joins it', async () => {
    const place = await workspace({ example: 'bookclub' });
    const before = place.files('interactions').length;
    await ok(place, 'inbox', 'pull', join(post, 'mail'));
    await ok(place, 'inbox', 'pull', join(post, 'fax'), '--channel', 'fax');
    // Two mails and a fax of hers, a question, and a word against the newsletter.
    expect(place.files('interactions').length - before).toBe(5);
    const [kase] = (await ok(place, 'case', 'list', 'type:complaint', 'state:waiting_internal', '--json'))
      .json;
    expect(kase.opened_at).toBe('2026-09-03T21:08:00+02:00');
    expect(
      (await ok(place, 'suppress', 'list', '--json')).json.map(({ address }: { address: string }) => address),
    ).toContain('livia.castellani@example.com');
    const { unanswered } = (await ok(place, 'status', '--json')).json;
    expect(unanswered.map((one: { for: string }) => one.for)).not.toContain('Livia Castellani');
    const waiting = (await ok(place, 'inbox', 'list', '--json')).json;
    expect(waiting).toMatchObject([{ from: 'Bruno Zanardi <b.zanardi@example.net>', owner: 'carla' }]);
    await ok(place, 'inbox', 'file', waiting[0].id, '--new-contact', '--intent', 'question');
    expect((await place.itaca(['inbox', 'reconcile', join(post, 'mail')], { env: now })).code).toBe(0);
  });
});
