import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateFolder } from '../workspace/high-water.js';
import { type Place, shell, terminal, workspace } from './harness.js';

/** Characters that drive a terminal: C0 but line break and tab, DEL, C1, and the marks that turn the writing. */
const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

async function many(place: Place, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, i) => `Person ${i},p${i}@example.org,${'x'.repeat(500)}`);
  place.write('../many.csv', `Name,Email,Notes\n${names.join('\n')}\n`);
  await place.ok('import', 'csv', place.path('../many.csv'), '--yes', '--quiet');
}

describe.concurrent('a pipe', () => {
  it('gets lines of tabs without a header, with full ids', async () => {
    const place = await workspace({ example: 'fair' });
    const lines = (await place.ok('contact', 'list')).stdout.trimEnd().split('\n');
    const rows = (await place.ok('contact', 'list', '--json')).json as Record<string, unknown>[];
    expect(lines).toHaveLength(rows.length);
    for (const [i, line] of lines.entries()) {
      expect(line.split('\t').slice(0, 2)).toEqual([rows[i]?.id, rows[i]?.name]);
    }
    const due = (await place.ok('due')).stdout.split('\n')[0];
    expect(due).toMatch(/\d{4}-\d\d-\d\d/);
  });

  it('gets the reference of what was written, for the next program', async () => {
    const place = await workspace();
    const added = await place.ok('contact', 'add', '--name', 'Lia Po');
    expect(added.stdout).toMatch(/^lia-po-[0-9a-hjkmnp-tv-z]{10}\n$/);
    expect((await place.ok('contact', 'show', added.stdout.trim(), '--json')).json.name).toBe('Lia Po');
  });

  it('that closes early is no error', async () => {
    const place = await workspace();
    await many(place, 600);
    const run = await shell(`set -o pipefail; itaca -C "$W" contact list --json | head -c 100`, {
      env: { ...place.env, W: place.root },
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toHaveLength(100);
  });

  it('gets all of a large document', async () => {
    const place = await workspace();
    await many(place, 600);
    // A slow reader: the pipe is full long before the program has written everything.
    const run = await shell(
      `itaca -C "$W" contact list --json | { read -r first; sleep 0.2; echo "$first"; cat; }`,
      {
        env: { ...place.env, W: place.root },
      },
    );
    expect(run.stdout.length).toBeGreaterThan(400_000);
    expect(run.json).toHaveLength(600);
  });
});

describe.concurrent('--json', () => {
  it('is an array for a list, also an empty one, and an object for one thing', async () => {
    const place = await workspace();
    for (const list of [
      ['contact', 'list'],
      ['company', 'list'],
      ['case', 'list'],
      ['promise', 'list'],
      ['suppress', 'list'],
      ['report', 'cases'],
      ['find', 'anything'],
      ['due'],
      ['check'],
      ['sql', 'select * from deals'],
    ]) {
      expect(await place.itaca([...list, '--json'])).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
      expect(await place.itaca(list)).toMatchObject({ code: 0, stdout: '' });
    }
    const added = (await place.ok('contact', 'add', '--name', 'Lia Po', '--note', 'tall', '--json')).json;
    const shown = (await place.ok('contact', 'show', added.id, '--json')).json;
    expect(shown).toMatchObject({ ...added, note: expect.stringContaining('tall') });
    for (const key of ['id', 'kind', 'path', 'note']) expect(shown).toHaveProperty(key);
  });

  it('puts errors on standard error as JSON, with nothing on standard output', async () => {
    const place = await workspace();
    place.write('contacts/broken-aaaaaaaaaa.md', '---\nname: [\n---\n');
    const run = await place.itaca(['contact', 'show', 'aaaaaaaaaa', '--json']);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.error).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('YAML'),
      hint: expect.any(String),
      path: 'contacts/broken-aaaaaaaaaa.md',
      line: expect.any(Number),
    });
  });
});

describe.concurrent('--fields', () => {
  it('chooses and orders, in every form', async () => {
    const place = await workspace();
    await place.ok(
      'contact',
      'add',
      '--name',
      'Lia Po',
      '--email',
      'lia@example.org',
      '--tag',
      'a',
      '--tag',
      'b',
    );
    const list = (...more: string[]) => place.ok('contact', 'list', '--fields', 'tags,name,title', ...more);
    // A key of the schema that nobody has yet is no mistake, but one that no record has is.
    await expect(place.itaca(['contact', 'list', '--fields', 'nonsense'])).resolves.toMatchObject({
      code: 2,
    });
    await place.ok('contact', 'set', 'lia@example.org', 'title=Boss');
    expect((await list()).stdout).toBe('a, b\tLia Po\tBoss\n');
    expect((await list('--json')).json).toEqual([{ tags: ['a', 'b'], name: 'Lia Po', title: 'Boss' }]);
    expect((await list('--csv')).stdout).toBe('tags,name,title\n"a, b",Lia Po,Boss\n');
    const one = await place.ok('contact', 'show', 'lia@example.org', '--fields', 'name', '--json');
    expect(one.json).toEqual({ name: 'Lia Po' });
  });

  it('refuses a field that there is not', async () => {
    const place = await workspace({ example: 'fair' });
    const run = await place.itaca(['contact', 'list', '--fields', 'name,nonsense', '--json']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.error).toMatchObject({ code: 'usage', message: expect.stringContaining('nonsense') });
    expect(run.error.hint).toContain('emails');
  });
});

describe.concurrent('--csv', () => {
  it('has a header, and no formula that a spreadsheet would run', async () => {
    const place = await workspace();
    await place.ok(
      'contact',
      'add',
      '--name',
      '=HYPERLINK("http://x.example";"y")',
      '--phone',
      '+39 02 1234567',
    );
    await place.ok('contact', 'add', '--name', '@SUM(A1)');
    const { stdout } = await place.ok('contact', 'list', '--csv', '--fields', 'name,phones');
    expect(stdout.split('\n')).toEqual([
      'name,phones',
      '"\'=HYPERLINK(""http://x.example"";""y"")",+39 02 1234567',
      "'@SUM(A1),",
      '',
    ]);
  });
});

describe.concurrent('what a record holds', () => {
  const evil = 'Ev\u001b[31mil\u001b]0;title\u0007 \u009b2J \u007f \u202egnp.exe\u202c';

  it('never drives a terminal, whatever the command and the form', async () => {
    const place = await workspace();
    place.write(
      'contacts/evil-k3f9w2q8ab.md',
      `---\nname: ${JSON.stringify(evil)}\ntags:\n  - ${JSON.stringify(evil)}\n---\n\nnote ${evil}\n`,
    );
    place.write(
      'cases/evil-c3f9w2q8ab.md',
      `---\ntitle: ${JSON.stringify(evil)}\ntype: question\nstate: open\ncontact: evil-k3f9w2q8ab\nopened_at: 2026-11-01\n---\n${evil}\n`,
    );
    place.write(`contacts/bad\u001b[2J\u009b-zzzzzzzzzz.md`, '---\nname: [\n---\n');
    place.write('contacts/odd-yyyyyyyyyy.md', `---\nname: odd\nbirthday: ${JSON.stringify(evil)}\n---\n`);
    for (const args of [
      ['contact', 'list'],
      ['contact', 'show', 'k3f9w2q8ab'],
      ['show', 'c3f9w2q8ab'],
      ['report', 'cases'],
      ['due'],
      ['find', 'note'],
      ['check'],
      ['sql', 'select name, note from contacts'],
    ]) {
      for (const form of [[], ['--json'], ['--csv']]) {
        const run = await place.itaca([...args, ...form]);
        expect(run.stdout + run.stderr, [...args, ...form].join(' ')).not.toMatch(driving);
      }
    }
    const shown = (await place.ok('contact', 'show', 'k3f9w2q8ab', '--json')).json;
    expect(shown.name).toBe(evil);
  });

  it('never drives a terminal on a terminal either', async () => {
    const place = await workspace();
    place.write('contacts/evil-k3f9w2q8ab.md', `---\nname: ${JSON.stringify(evil)}\n---\n\nnote ${evil}\n`);
    for (const args of [
      ['contact', 'list'],
      ['show', 'k3f9w2q8ab'],
      ['log', 'phone', 'k3f9w2q8ab', 'hello', '--in'],
    ]) {
      const run = await terminal(['-C', place.root, ...args], { env: place.env });
      if (!run) return;
      expect(run.code, run.stdout).toBe(0);
      expect(run.stdout.replaceAll('\r\n', '\n'), args.join(' ')).not.toMatch(driving);
      expect(run.stdout).toContain('\\u001b[31m');
    }
  });
});

describe.concurrent('a terminal', () => {
  it('gets a table with headings, in colour unless NO_COLOR says no', async () => {
    const place = await workspace({ example: 'fair' });
    const args = ['-C', place.root, 'contact', 'list'];
    const plain = await terminal(args, { env: place.env });
    if (!plain) return;
    expect(plain.stdout).toContain('NAME');
    expect(plain.stdout).not.toContain('\u001b');
    const coloured = await terminal(args, { env: { ...place.env, NO_COLOR: '' } });
    expect(coloured?.stdout).toContain('\u001b[');
  });

  it('is the only place for colour, whatever FORCE_COLOR is not', async () => {
    const place = await workspace({ example: 'fair' });
    const run = await place.itaca(['contact', 'show', 'fontana'], { env: { NO_COLOR: '' } });
    expect(run.stderr).not.toContain('\u001b');
  });
});

describe.concurrent('exit codes', () => {
  it('say what went wrong', async () => {
    const place = await workspace({ example: 'fair' });
    const code = async (...args: string[]) => (await place.itaca(args)).code;
    expect(await code('contact', 'list', '+nobody-has-this')).toBe(0);
    expect(await code('report', 'cases', '--fail-if-any')).toBe(1);
    expect(await code('contact', 'list', '--nonsense')).toBe(2);
    expect(await code('contact', 'list', 'nonsense:x')).toBe(2);
    expect(await code('contact', 'show', 'nobody@example.org')).toBe(3);
    expect(await code('contact', 'show', 'fontana')).toBe(3);
    expect(await code('contact', 'add', '--name', 'X', '--email', 'no address')).toBe(4);
    expect(
      await code(
        'contact',
        'add',
        '--name',
        'Chiara Fontana',
        '--email',
        'chiara.fontana@vetrerialido.example',
      ),
    ).toBe(5);
    expect(await code('suppress', 'check', 'x@stampaluce.example')).toBe(6);
    expect(await code('contact', 'list', '--as', 'nobody')).toBe(0);
    expect(await code('contact', 'add', '--name', 'X', '--as', 'nobody')).toBe(2);
  });

  it('of a folder that is no workspace, and of a clock that is none', async () => {
    const place = await workspace();
    expect((await place.itaca(['-C', 'nowhere', 'contact', 'list'])).code).toBe(3);
    expect((await place.itaca(['due'], { env: { ITACA_NOW: 'noon' } })).code).toBe(2);
  });

  it('of a broken itaca.yaml: 4, with the place', async () => {
    const place = await workspace();
    place.edit('itaca.yaml', 'country: "IT"', 'country: [');
    const run = await place.itaca(['contact', 'list', '--json']);
    expect(run.code).toBe(4);
    expect(run.error).toMatchObject({ code: 'invalid', path: 'itaca.yaml', line: expect.any(Number) });
  });

  it('of a lock that another process holds: 5, and it names the holder', async () => {
    const place = await workspace({ example: 'fair' });
    const id = /^id: "?(\w+)/m.exec(place.read('itaca.yaml'))?.[1] as string;
    const folder = stateFolder(id, place.env);
    mkdirSync(folder, { recursive: true });
    const since = '2026-11-20T09:00:00Z';
    const holder = { pid: 1, host: 'elsewhere', boot: '', started: '', about: 'campaign send', since };
    writeFileSync(join(folder, 'send.lock'), JSON.stringify(holder));
    const run = await place.itaca(['campaign', 'send', 'Spring news', '--confirm', 'Spring news', '--json']);
    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.error).toMatchObject({ code: 'locked', message: expect.stringContaining('elsewhere') });
    expect(place.files('outbox/new')).toEqual([]);
  });
});

describe.concurrent('the workspace', () => {
  it('is the folder given, that of ITACA_DIR, or the nearest above', async () => {
    const place = await workspace({ example: 'fair' });
    const expected = (await place.ok('contact', 'list')).stdout;
    const near = await shell('itaca contact list', { cwd: place.path('cases'), env: place.env });
    expect(near.stdout).toBe(expected);
    const named = await shell('itaca contact list', { env: { ...place.env, ITACA_DIR: place.root } });
    expect(named.stdout).toBe(expected);
  });
});
