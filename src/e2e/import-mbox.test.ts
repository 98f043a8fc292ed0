import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, type Place, workspace } from './harness.js';
import { mail, mbox } from './mails.js';

const mario = 'mario-rossi-aaaaaaaaaa';

async function firm(): Promise<Place> {
  const place = await workspace();
  place.write(
    `contacts/${mario}.md`,
    `---\nname: Mario Rossi\nemails: [mario@example.it]\nconsents:\n  - {purpose: newsletter, state: given, at: 2024-01-01}\n---\n`,
  );
  const settings = place.read('itaca.yaml').replace(/^members:[\s\S]*?(?=^\S|$(?![\s\S]))/m, '');
  place.write('itaca.yaml', `${settings}\nmembers:\n  anna: {name: Anna, emails: [anna@acme.example]}\n`);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'people');
  return place;
}

function archive(...mails: string[]): string {
  const path = join(folder(), 'old.mbox');
  writeFileSync(path, mbox(mails));
  return path;
}

const asked = mail({
  id: 'q1@example.it',
  date: 'Thu, 19 Jun 2025 09:00:00 +0200',
  subject: 'Ordine',
  text: 'Dov’è il mio ordine? Lo aspetto da un mese.',
});
const answered = mail({
  id: 'a1@acme.example',
  from: 'Anna <anna@acme.example>',
  to: 'Mario Rossi <mario@example.it>',
  subject: 'Re: Ordine',
  date: 'Fri, 20 Jun 2025 09:00:00 +0200',
  inReplyTo: '<q1@example.it>',
  text: 'Parte domani.',
});
const stranger = mail({ id: 's1@x.example', from: 'Ugo <ugo@x.example>', text: 'Chi siete?' });
const news = mail({
  id: 'n1@news.example',
  from: 'News <news@news.example>',
  headers: ['List-Unsubscribe: <https://news.example/u>', 'Precedence: bulk', 'List-Id: <n.news.example>'],
  text: 'Our offers.',
});

describe('an archive of mail', () => {
  it('becomes the history of the people on file, tied by what answers what, in any order', async () => {
    const place = await firm();
    // The answer stands before what it answers.
    const path = archive(answered, asked, stranger, news, asked);
    const dry = await place.ok('import', 'mbox', path, '--dry-run', '--json');
    expect(dry.json).toMatchObject({ format: 'mbox', rows: 5, created: 2 });
    expect(place.files('interactions')).toEqual([]);

    const { json } = await place.ok('import', 'mbox', path, '--yes', '--json');
    expect(json).toMatchObject({
      rows: 5,
      created: 2,
      updated: 0,
      unchanged: 1,
      refused: 2,
      refused_by: { stranger: 1, machine: 1 },
      strangers: [{ address: 'ugo@x.example', messages: 1 }],
    });
    const [first, second] = (
      await place.ok('sql', "select data from records where kind = 'interaction' order by at", '--json')
    ).json;
    const [question, answer] = [first, second].map(({ data }: { data: string }) => JSON.parse(data));
    expect(question).toMatchObject({
      at: '2025-06-19T09:00:00+02:00',
      direction: 'inbound',
      contacts: [mario],
    });
    expect(answer).toMatchObject({ direction: 'outbound', by: 'anna', contacts: [mario] });
    expect(answer.answers).toMatch(/^email-ordine-/);
    // History: it opens no case, and nothing waits.
    expect((await place.ok('case', 'list', '--json')).json).toEqual([]);
    expect((await place.ok('check', '--json')).json).toEqual([]);
    expect((await place.ok('inbox', 'reconcile', '--json')).code).toBe(0);

    expect((await place.ok('import', 'mbox', path, '--yes', '--json')).json).toMatchObject({
      created: 0,
      unchanged: 3,
      refused: 2,
    });
    await place.ok('undo', '--yes');
    expect(place.files('interactions')).toEqual([]);
  });

  it('and the inbox file a message once, whichever comes first', async () => {
    const place = await firm();
    const path = archive(asked);
    await place.ok('inbox', 'pull', path);
    expect((await place.ok('import', 'mbox', path, '--yes', '--json')).json).toMatchObject({ unchanged: 1 });

    const other = await firm();
    await other.ok('import', 'mbox', path, '--yes');
    await other.ok('inbox', 'pull', path);
    expect(other.files('interactions')).toHaveLength(1);
    expect((await other.ok('inbox', 'reconcile', '--json')).code).toBe(0);
  });

  it('has whoever asked for no more messages written to no more', async () => {
    const place = await firm();
    const stop = mail({ id: 'u1@example.it', subject: 'unsubscribe', text: 'unsubscribe' });
    expect((await place.ok('import', 'mbox', archive(stop), '--yes', '--json')).json).toMatchObject({
      created: 1,
      suppressed: 1,
    });
    const [check] = (await place.ok('suppress', 'list', '--json')).json;
    expect(check).toMatchObject({ address: 'mario@example.it', reason: 'unsubscribed' });
  });

  it('keeps the files of messages where somebody wants it, and what is no message is said', async () => {
    const place = await firm();
    const withFile = mail({ id: 'f1@example.it', text: 'x' }).replace(
      /Content-Type: [\s\S]*$/,
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nEcco il modulo firmato.\r\n--b\r\n' +
        'Content-Type: application/pdf; name="../../modulo.pdf"\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.4 signed\r\n--b--\r\n',
    );
    const path = archive(withFile);
    expect((await place.ok('import', 'mbox', path, '--yes', '--json')).json).toMatchObject({
      created: 1,
      files: 0,
    });
    await place.ok('undo', '--yes');
    expect((await place.ok('import', 'mbox', path, '--files', '--yes', '--json')).json).toMatchObject({
      files: 1,
    });
    expect(place.files('attachments')).toHaveLength(1);
    expect((await place.ok('check', '--json')).json).toEqual([]);

    const undated = join(folder(), 'undated.mbox');
    writeFileSync(undated, `From nobody\n${mail({ text: 'Quando?' }).replace(/Date: .*\r\n/, '')}`);
    const { json, stderr } = await place.ok('import', 'mbox', undated, '--yes', '--json');
    expect(json).toMatchObject({ rows: 1, refused: 1, refused_by: { undated: 1 } });
    expect(stderr).not.toContain('members.<name>.emails');

    const none = join(folder(), 'list.csv');
    writeFileSync(none, 'name,email\nA,a@x.example\n');
    const wrong = await place.itaca(['import', 'mbox', none, '--json']);
    expect(wrong.code).toBe(4);
    expect(wrong.stderr).toContain('neither a message, an mbox nor a scan');
  });
});
