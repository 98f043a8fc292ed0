import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';

describe.concurrent('find', () => {
  it('finds other forms of a word, after the records that hold it', async () => {
    const place = await workspace();
    for (const name of ['Libro uno', 'Libri due', 'Librone tre', 'Orders four', 'Order five'])
      await place.ok('company', 'add', '--name', name);
    const titles = async (...words: string[]) =>
      (await place.ok('find', ...words, '--json')).json.map(({ title }: { title: string }) => title);
    expect(await titles('libri')).toEqual(['Libri due', 'Libro uno']);
    expect(await titles('orders')).toEqual(['Orders four', 'Order five']);
    expect(await titles('libri', 'uno')).toEqual(['Libro uno']);
    expect((await place.ok('company', 'list', '"libri"', '--json')).json).toHaveLength(1);
  });

  it('suggests words spelled alike where nothing is found, and records where no one holds all', async () => {
    const place = await workspace();
    for (const name of ['Lampada verde', 'Vetreria Lido']) await place.ok('company', 'add', '--name', name);
    expect((await place.ok('find', 'lmapada')).stderr).toContain('near it: lampada');
    expect((await place.ok('find', 'vetrería', 'lampada')).stderr).toContain('near it: ');
    expect((await place.ok('find', 'wetreria')).stderr).toContain('near it: vetreria');
    expect(await place.ok('find', 'qqqqqqqq')).toMatchObject({ stdout: '', stderr: '' });
  });

  it('shows the words in bold on a terminal, and as they are in a pipe', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it');
    await place.ok('log', 'phone', 'Mario Rossi', 'asks for red glasses', '--in');
    const forced = { ITACA_FORCE_TTY: '120', FORCE_COLOR: '1', NO_COLOR: '', PAGER: 'cat' };
    const shown = await place.itaca(['find', 'glass'], { env: forced });
    expect(shown.stdout).toContain('\u001b[1mglasses\u001b[22m');
    expect((await place.ok('find', 'glass')).stdout).not.toContain('\u001b');
  });
});

describe.concurrent('an address', () => {
  it('means whoever has it before the suppression of it, and else the suppression', async () => {
    const place = await workspace();
    const [mario, gone] = ['mario@example.it', 'gone@example.it'];
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', mario);
    for (const address of [mario, gone]) await place.ok('suppress', 'add', address);
    expect((await place.ok('show', mario, '--json')).json).toMatchObject({ kind: 'contact' });
    expect((await place.ok('show', gone, '--json')).json).toMatchObject({ kind: 'suppression' });
    const [first] = (await place.ok('history', mario, '--json')).json;
    expect(first.path).toMatch(/^contacts\//);
  });
});

describe.concurrent('help sql', () => {
  it('names columns that are there, and gives examples that run', async () => {
    const place = await workspace({ example: 'fair' });
    const page = (await place.ok('help', 'sql')).stdout;
    expect(page).toContain('  suppressions  id path address ');
    const examples = [...page.matchAll(/\$ itaca sql "([^"]+)"/g)].map(
      ([, statement]) => statement as string,
    );
    expect(examples.length).toBeGreaterThan(3);
    for (const statement of examples) await place.ok('sql', statement);
  });
});
