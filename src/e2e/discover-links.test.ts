import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';

interface Link {
  kind: string;
  strength: number;
  a: string;
  b: string;
  evidence: { kind: string; what: string; records: number }[];
  suggestion: string;
}

describe.concurrent('discover links', () => {
  it('finds what nobody linked, and the command it suggests links it', async () => {
    const place = await workspace();
    const links = async (...args: string[]) =>
      (await place.ok('discover', 'links', '--json', ...args)).json as Link[];
    expect(await links()).toEqual([]);
    const put = (noun: string, name: string, ...more: string[]) =>
      place.ok(noun, 'add', '--name', name, ...more);
    await put('company', 'ACME srl', '--domain', 'acme.example', '--phone', '02 5550 0123');
    await put('company', 'Bassi spa', '--domain', 'bassi.example', '--vat', '07643520567');
    await put('contact', 'Mario Rossi', '--email', 'mario@acme.example');
    await put('contact', 'Anna Bianchi', '--phone', '+39 02 55500123');
    await put('contact', 'Gina Neri', '--company', 'ACME srl', '--phone', '333 5550 001');
    await put('contact', 'Neri Gina', '--company', 'Bassi spa', '--phone', '+39 333 5550001');
    await put('contact', 'Ugo Verdi', '--email', 'ugo@gmail.com');
    await put('contact', 'Ada Viola', '--email', 'ada@gmail.com');
    const found = await links();
    expect(found.map(({ kind, strength }) => [kind, strength])).toEqual([
      ['mail_domain', 0.95],
      ['moved', 0.9],
      ['phone', 0.7],
    ]);
    expect(found[2]).toMatchObject({
      a: expect.stringMatching(/^anna-bianchi-/),
      b: expect.stringMatching(/^acme-srl-/),
      evidence: [{ kind: 'phone', what: 'phones +390255500123', records: 2 }],
    });
    expect(await links('--kind', 'moved')).toEqual([found[1]]);
    for (const { suggestion } of found) {
      const [program, ...words] = suggestion.split(' ');
      expect(program).toBe('itaca');
      await place.ok(...words);
    }
    expect(await links()).toEqual([]);
    expect((await place.ok('contact', 'show', 'Mario Rossi', '--json')).json.company).toMatch(/^acme-srl-/);
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('passes over what was decided, and tells the same firm by its VAT number', async () => {
    const place = await workspace();
    // One was written by hand.
    place.write('companies/acme-k3f9w2q8ab.md', '---\nname: ACME\nvat: IT07643520567\n---\n');
    place.write('companies/acme-italia-k3f9w2q8ac.md', '---\nname: ACME Italia\nvat: 0764 3520 567\n---\n');
    const run = await place.ok('discover', 'links', '--csv');
    expect(run.stdout).toContain('itaca company merge');
    await place.ok('dedupe', 'decide', 'k3f9w2q8ab', 'k3f9w2q8ac', '--different');
    expect((await place.ok('discover', 'links')).stdout).toBe('');
    const doubles = await place.ok('company', 'show', '07643520567', '--json').catch((error: Error) => error);
    expect(String(doubles)).toContain('acme-italia-k3f9w2q8ac');
  });

  it('of a firm and what belongs to it says nothing, nor hangs where these go in a circle', async () => {
    const place = await workspace();
    const firm = (id: string, parent: string) =>
      place.write(
        `companies/f-${id}.md`,
        `---\nname: F ${id}\nparent: f-${parent}\nphones: [02 5550 0123]\n---\n`,
      );
    firm('k3f9w2q8ab', 'k3f9w2q8ac');
    expect((await place.ok('discover', 'links', '--json')).json).toEqual([]);
    firm('k3f9w2q8ac', 'k3f9w2q8ab');
    await place.ok('discover', 'links');
    place.write('companies/f-k3f9w2q8ac.md', '---\nname: Other\nphones: ["+39 02 55500123"]\n---\n');
    expect((await place.ok('discover', 'links', '--json')).json).toEqual([]);
  });
});
