import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';
import { mailServer } from './mail-server.js';

const folder = 'campaigns/news-nnnnnnnnnn';
const consent = '{purpose: newsletter, channel: email, basis: consent, state: given, at: 2026-01-01}';
const send = ['campaign', 'send', 'News', '--confirm', 'News', '--yes', '--no-input', '--json'];
const check = ['campaign', 'check', 'News', '--json'];

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A workspace with all that a campaign needs, and three people who said yes. */
async function ready(body = 'Hello {{ contact.name }}\n', more = ''): Promise<Place> {
  const place = await workspace();
  const names = { aaaaaaaaaa: 'Ada Po', bbbbbbbbbb: 'Bea Po', cccccccccc: 'Ciro Po' };
  for (const [id, name] of Object.entries(names)) {
    const address = `${name.slice(0, 3).trim().toLowerCase()}@example.org`;
    place.write(
      `contacts/p-${id}.md`,
      `---\nname: ${name}\nemails:\n  - ${address}\nconsents:\n  - ${consent}\n---\n`,
    );
  }
  place.write('itaca.yaml', place.read('itaca.yaml').replaceAll('anna@localhost', 'anna@acme.example'));
  const complaint = '  complaint_address: complaints@acme.example\n  postal_address: Via Roma 1';
  place.edit('itaca.yaml', '  # postal_address: Via Roma 1', complaint);
  place.write(
    `${folder}/campaign.md`,
    `---\ntitle: News\npurpose: newsletter\nchannel: email\naudience: kind:contact\nsubject: "For {{ contact.name }}"\n${more}state: draft\n---\n`,
  );
  place.write(`${folder}/body.md`, body);
  await place.git('add', '.');
  await place.git('commit', '-qm', 'people');
  return place;
}

const attached = 'attachments:\n  - list.pdf\n';

/** The parts of a message: headers and decoded content of each leaf. */
function parts(raw: string): { head: string; content: Buffer }[] {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const text = rest.join('\r\n\r\n');
  const boundary = /content-type: multipart\/[\s\S]*?boundary="?([^";\r\n]+)/i.exec(head)?.[1];
  if (boundary !== undefined) {
    return text
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => parts(part.replace(/^\r\n/, '')));
  }
  const base64 = /transfer-encoding: base64/i.test(head);
  return [{ head, content: base64 ? Buffer.from(text, 'base64') : Buffer.from(text) }];
}

describe('campaign check', () => {
  it('finds nothing wrong with what is well, and changes nothing', async () => {
    const place = await ready();
    const run = await place.itaca(check);
    expect(run, run.stdout).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(await place.git('status', '--porcelain')).toBe('');
    expect(place.files('outbox')).toEqual([]);
  });

  it('finds nothing wrong with the example', async () => {
    const place = await workspace({ example: 'fair' });
    expect(await place.itaca(['campaign', 'check', 'Spring news'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('names each person, tag and line without a value', async () => {
    const body = 'Hello {{ contact.name }}\n\n{{ contact.title }}, {{ contact.source.by }}\n';
    const place = await ready(body);
    place.edit('contacts/p-bbbbbbbbbb.md', 'name:', 'title: Dr\nname:');
    const run = await place.itaca(check);
    expect(run.code).toBe(1);
    const found = run.json.map(({ contact, tag, path, line }: Record<string, unknown>) =>
      [contact, tag, path, line].join(' '),
    );
    expect(found.sort()).toEqual([
      `p-aaaaaaaaaa contact.source.by ${folder}/body.md 3`,
      `p-aaaaaaaaaa contact.title ${folder}/body.md 3`,
      `p-bbbbbbbbbb contact.source.by ${folder}/body.md 3`,
      `p-cccccccccc contact.source.by ${folder}/body.md 3`,
      `p-cccccccccc contact.title ${folder}/body.md 3`,
    ]);
    const { error } = await place.itaca(send);
    expect(error).toMatchObject({ code: 'refused', path: `${folder}/body.md`, line: 3 });
  });

  it('tells of links too where a tag is missing, and of the line of the subject', async () => {
    const place = await ready('{{ contact.title }} [a](shop)\n');
    place.edit(`${folder}/campaign.md`, 'For {{ contact.name }}', 'For {{ contact.zip }}');
    const { json } = await place.itaca(check);
    const found = json.map(({ contact, tag, line }: Record<string, unknown>) =>
      [contact, tag, line].join(' '),
    );
    expect(found.sort()).toEqual([
      '  1',
      ...['a', 'b', 'c'].flatMap((letter) => [
        `p-${letter.repeat(10)} contact.title 1`,
        `p-${letter.repeat(10)} contact.zip 6`,
      ]),
    ]);
  });

  it('says where a link, a picture or an attachment is wrong, and a send refuses the same', async () => {
    const body = 'Hello\n\n[a](javascript:alert) [b](shop/lamps)\n\n![p](gone.png) ![q](../../itaca.yaml)\n';
    const place = await ready(body, attached);
    const run = await place.itaca(['campaign', 'check', 'News']);
    expect(run.code).toBe(1);
    const lines = run.stdout.trimEnd().split('\n');
    expect(lines).toEqual([
      `${folder}/body.md:3: error: a javascript: link does not belong in a mail: javascript:alert`,
      `${folder}/body.md:3: error: the link shop/lamps leads nowhere in a mail: it needs https:// or mailto:`,
      `${folder}/body.md:5: error: there is no "gone.png" in the campaign’s folder`,
      `${folder}/body.md:5: error: "../../itaca.yaml" is no picture that mail programs show: take .png, .jpg, .jpeg, .gif, .webp`,
      `${folder}/campaign.md: error: there is no "list.pdf" in the campaign’s folder`,
    ]);
    expect((await place.itaca(send)).code).toBe(6);
    place.write(`${folder}/list.pdf`, '%PDF');
    place.write(`${folder}/body.md`, 'Hello\n\n[a](javascript:alert)\n');
    const refused = await place.itaca(send);
    expect(refused.code).toBe(6);
    expect(refused.error).toMatchObject({ path: `${folder}/body.md`, line: 3 });
    expect(place.files('outbox/new')).toEqual([]);
  });

  it('tells of a way out that not everybody sees', async () => {
    const place = await ready('Hello {% if contact.title %}[out]({{ unsubscribe }}){% endif %}\n');
    place.edit('contacts/p-bbbbbbbbbb.md', 'name:', 'title: Dr\nname:');
    const { json } = await place.itaca(check);
    expect(json.map(({ contact }: { contact: string }) => contact).sort()).toEqual([
      'p-aaaaaaaaaa',
      'p-cccccccccc',
    ]);
    expect((await place.itaca(send)).code).toBe(6);
  });

  it('tells of those who cannot read it, and of a sender whom nobody knows', async () => {
    const place = await ready('Hello\n', 'from: Eve <eve@evil.example>\n');
    await place.git('mv', `${folder}/body.md`, `${folder}/body.it.md`);
    place.edit('contacts/p-bbbbbbbbbb.md', 'name:', 'language: de\nname:');
    const run = await place.itaca(['campaign', 'check', 'News']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('1 left out: no body in de');
    expect(run.stdout).toMatch(/campaign\.md:7:\d+: warning: eve@evil\.example is no address of the house/);
  });

  it('does not let a name forge a header', async () => {
    const place = await ready();
    place.edit('contacts/p-aaaaaaaaaa.md', 'name: Ada Po', 'name: "Eve\\r\\nBcc: all@example.com"');
    const run = await place.itaca(check);
    expect(run.code).not.toBe(0);
    expect(run.stdout + run.stderr).not.toMatch(/^Bcc:/m);
  });

  it('looks through what has no body, no text, or is broken', async () => {
    const place = await ready();
    await place.git('rm', '-q', `${folder}/body.md`);
    expect((await place.itaca(check)).json[0].message).toBe('the campaign has no body');
    place.write(`${folder}/body.md`, 'Hi\n{% if %}\n');
    const broken = await place.itaca(check);
    expect(broken.code).toBe(1);
    expect(broken.json[0]).toMatchObject({ severity: 'error', path: `${folder}/body.md`, line: 2 });
    place.write(`${folder}/body.md`, Buffer.from([0xff, 0xfe, 0x48, 0, 0x69, 0]));
    const strange = await place.itaca(check);
    expect(strange.code).toBe(1);
    expect(strange.json).toMatchObject([{ severity: 'error', path: `${folder}/body.md` }]);
  });

  it('tells of a record that might forbid a message, and of a text that changed since it began', async () => {
    const place = await ready();
    await place.ok(...send);
    expect((await place.itaca(check)).json).toEqual([]);
    place.write(`${folder}/body.md`, 'Something else\n');
    expect((await place.itaca(check)).json).toMatchObject([
      { severity: 'error', path: `${folder}/campaign.md` },
    ]);
    place.write('suppressions/x-ssssssssss.md', '---\naddress: [\n---\n');
    const run = await place.itaca(check);
    expect(run.code).toBe(1);
    expect(run.json).toMatchObject([{ severity: 'error', path: 'suppressions/x-ssssssssss.md' }]);
    expect((await place.itaca(['campaign', 'check', 'Nobody'])).code).toBe(3);
  });
});

describe('attachments and pictures', () => {
  it('travel with every message, and nothing else does', async () => {
    const body = 'Hello\n\n![A lamp](lamp%20one.png)\n\n![again](lamp%20one.png)\n';
    const place = await ready(body, attached);
    place.write(`${folder}/list.pdf`, '%PDF the list');
    place.write(`${folder}/lamp one.png`, pixel);
    expect((await place.itaca(check)).json).toEqual([]);
    expect((await place.ok(...send)).json).toMatchObject({ sent: 3 });
    for (const file of place.files('outbox/new')) {
      const found = parts(place.read(file));
      const picture = found.filter(({ head }) => /image\/png/i.test(head));
      expect(picture).toHaveLength(1);
      expect(picture[0]?.content.equals(pixel)).toBe(true);
      const cid = /content-id: <([^>]+)>/i.exec(picture[0]?.head ?? '')?.[1] as string;
      const html = found
        .find(({ head }) => /text\/html/i.test(head))
        ?.content.toString()
        .replace(/=\r\n/g, '');
      expect(html).toContain(`cid:${cid}`);
      const pdf = found.filter(({ head }) => /filename=list\.pdf/i.test(head));
      expect(pdf.map(({ content }) => content.toString().trim())).toEqual(['%PDF the list']);
      expect(pdf[0]?.head).toMatch(/content-disposition: attachment/i);
    }
  });

  it('are what an approval signs: other bytes are other content', async () => {
    const place = await ready('Hello ![x](x.png)\n', attached);
    place.write(`${folder}/list.pdf`, 'one');
    place.write(`${folder}/x.png`, pixel);
    await place.ok(...send);
    expect((await place.ok(...send)).json).toMatchObject({ sent: 0 });
    for (const [file, bytes] of [
      ['list.pdf', 'one'],
      ['x.png', pixel],
    ] as const) {
      place.write(`${folder}/${file}`, 'other');
      expect((await place.itaca(send)).code).toBe(6);
      place.write(`${folder}/${file}`, bytes);
      expect((await place.itaca(send)).code).toBe(0);
    }
    place.write('templates/mail/layout.html', '<p>{{ body }}</p>{{ footer }}');
    expect((await place.itaca(send)).code).toBe(6);
  });

  it.each([
    ['../../itaca.yaml', 'leads out of the folder'],
    ['/etc/hostname', 'leads out of the folder'],
    ['sends/plan.jsonl', 'a record of the campaign'],
    ['campaign.md', 'a record of the campaign'],
    ['link.txt', 'leads out of the folder'],
    ['sub', 'is no file'],
    ['sub/large.bin', 'more than 10.0 MB'],
  ])('are never %s', async (name, why) => {
    const place = await ready('Hello\n', `attachments:\n  - ${name}\n`);
    symlinkSync('/etc/hostname', place.path(`${folder}/link.txt`));
    place.write(`${folder}/sub/large.bin`, name.startsWith('sub/') ? Buffer.alloc(10 * 1024 * 1024 + 1) : '');
    const run = await place.itaca(check);
    expect(run.code).toBe(1);
    expect(run.json).toHaveLength(1);
    expect(run.json[0].message).toContain(why);
    const refused = await place.itaca(send);
    expect(refused.code).toBe(6);
    expect(place.files('outbox/new')).toEqual([]);
  });
});

describe('campaign test', () => {
  it('sends one person’s message to a member, and puts nothing on record', async () => {
    const place = await ready('Hello {{ contact.name }}\n[out]({{ unsubscribe }})\n');
    const before = place.tree();
    const { json } = await place.ok('campaign', 'test', 'News', '--json');
    expect(json).toMatchObject({
      to: 'anna@acme.example',
      as_for: 'p-aaaaaaaaaa',
      subject: '[test] For Ada Po',
      transport: 'outbox',
      state: 'sent',
    });
    await place.ok('campaign', 'test', 'News', '--to', 'anna', '--as-for', 'bea@example.org');
    const files = place.files('outbox/new');
    expect(files).toHaveLength(2);
    const texts = files.map((file) => place.read(file)).join('\n');
    expect(texts).toMatch(/^Subject: \[test\] For Ada Po/m);
    expect(texts).toMatch(/^Subject: \[test\] For Bea Po/m);
    expect(texts).not.toMatch(/^(?:To|Delivered-To): .*example\.org/m);
    for (const file of files) delete before[file];
    const after = place.tree();
    for (const file of place.files('outbox')) delete after[file];
    expect(after).toEqual(before);
    expect((await place.ok(...send)).json).toMatchObject({ audience: 3, sent: 3 });
  });

  it('goes to nobody who is no member, without a yes', async () => {
    const place = await ready();
    const to = ['campaign', 'test', 'News', '--to', 'friend@example.com', '--no-input', '--json'];
    expect(await place.itaca(to)).toMatchObject({ code: 2, stdout: '' });
    expect(place.files('outbox/new')).toEqual([]);
    expect((await place.ok(...to, '--dry-run')).json.state).toBeNull();
    expect(place.files('outbox/new')).toEqual([]);
    const { json } = await place.ok(...to, '--yes');
    expect(json.to).toBe('friend@example.com');
    expect(json.message_id).toMatch(/^<test-\w+@acme\.example>$/);
    expect((await place.itaca(['campaign', 'test', 'News', '--to', 'nobody'])).code).toBe(2);
  });

  it('says why a person would get none', async () => {
    const place = await ready();
    await place.ok('suppress', 'add', 'ada@example.org', '--reason', 'unsubscribed');
    const run = await place.itaca(['campaign', 'test', 'News', '--as-for', 'p-aaaaaaaaaa', '--json']);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('suppressed');
    expect((await place.ok('campaign', 'test', 'News', '--json')).json.as_for).toBe('p-bbbbbbbbbb');
  });
});

describe('campaign test by SMTP', () => {
  it('says that it was not sent where no server answers', async () => {
    const place = await ready();
    place.edit('itaca.yaml', 'transport: outbox', 'transport: smtp');
    place.edit(
      'itaca.yaml',
      '  postal_address:',
      '  smtp: {host: 127.0.0.1, port: 1, secure: false}\n  postal_address:',
    );
    const run = await place.itaca(['campaign', 'test', 'News', '--json']);
    expect(run.code).toBe(7);
    expect(run.error.message).toContain('was not sent: deferred');
  });

  it('goes through the server, with its own Message-ID', async () => {
    const { mails, port } = await mailServer();
    const place = await ready('Hello\n', attached);
    place.write(`${folder}/list.pdf`, '%PDF the list');
    place.edit('itaca.yaml', 'transport: outbox', 'transport: smtp');
    const smtp = `  smtp: {host: 127.0.0.1, port: ${port}, secure: false}\n  postal_address:`;
    place.edit('itaca.yaml', '  postal_address:', smtp);
    await place.ok('campaign', 'test', 'News');
    expect((await place.ok(...send)).json.sent).toBe(3);
    expect(mails.map(({ to }) => to).sort()).toEqual([
      'ada@example.org',
      'anna@acme.example',
      'bea@example.org',
      'cir@example.org',
    ]);
    const ids = mails.map(({ text }) => /^message-id: (.*)$/im.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(4);
    for (const { text } of mails) expect(text).toContain(Buffer.from('%PDF the list').toString('base64'));
  });
});

describe('campaign preview --to', () => {
  it('writes the page for a browser, with its pictures in it', async () => {
    const place = await ready('Hello {{ contact.name }} ![x](x.png)\n');
    place.write(`${folder}/x.png`, pixel);
    const file = place.path('../page.html');
    const args = ['campaign', 'preview', 'News', '--to', 'bea@example.org', '--html', file, '--json'];
    const { json } = await place.ok(...args);
    expect(json).toMatchObject({ to: 'bea@example.org', subject: 'For Bea Po' });
    expect(json.html).toContain('cid:');
    const page = place.read('../page.html');
    expect(page).toContain(`src="data:image/png;base64,${pixel.toString('base64')}"`);
    expect(page).not.toContain('cid:');
    const nowhere = [
      'campaign',
      'preview',
      'News',
      '--to',
      'bea@example.org',
      '--html',
      place.path('no/x.html'),
    ];
    expect((await place.itaca(nowhere)).code).toBe(4);
    expect((await place.itaca(['campaign', 'preview', 'News', '--html', file])).code).toBe(2);
  });

  it('says why a person would get none', async () => {
    const place = await ready();
    place.edit('contacts/p-bbbbbbbbbb.md', 'state: given', 'state: withdrawn');
    const run = await place.itaca(['campaign', 'preview', 'News', '--to', 'bea@example.org', '--json']);
    expect(run.code).toBe(6);
    expect(run.error.message).toContain('consent withdrawn');
  });
});
