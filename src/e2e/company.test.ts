import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';

describe.concurrent('a company', () => {
  it('is found by its VAT number and its domain, however they are written', async () => {
    const place = await workspace();
    const added = await place.ok(
      ...[
        'company',
        'add',
        '--name',
        'ACME srl',
        '--vat',
        'IT 0764 3520 567',
        '--domain',
        'https://www.acme.example/',
      ],
      '--json',
    );
    for (const name of [
      '07643520567',
      'it07643520567',
      'IT-07643520567',
      'acme.example',
      'http://ACME.example/x',
    ])
      expect((await place.ok('company', 'show', name, '--fields', 'id', '--json')).json.id).toBe(
        added.json.id,
      );
    const twice = await place.itaca([
      'company',
      'add',
      '--name',
      'Another',
      '--vat',
      '07643520567',
      '--json',
    ]);
    expect(twice).toMatchObject({ code: 5 });
    expect(twice.error.message).toContain('ACME srl');
    const odd = await place.ok(
      'company',
      'add',
      '--name',
      'Odd',
      '--vat',
      '07643520568',
      '--domain',
      'acme.example',
    );
    expect(odd.stderr).toMatch(/does not add up/);
    expect(odd.stderr).toMatch(/also a domain of acme-srl-/);
    expect((await place.ok('company', 'set', 'Odd', 'vat=DE12')).stderr).toMatch(/does not have the form/);
  });

  it('belongs to another, which never belongs to it', async () => {
    const place = await workspace();
    for (const name of ['Group', 'Chain', 'Shop']) await place.ok('company', 'add', '--name', name);
    await place.ok('company', 'set', 'Shop', 'parent=Chain');
    await place.ok('company', 'set', 'Chain', 'parent=Group');
    expect(await place.itaca(['company', 'set', 'Group', 'parent=Shop', '--json'])).toMatchObject({
      code: 5,
    });
    expect(await place.itaca(['company', 'set', 'Group', 'parent=Group'])).toMatchObject({ code: 5 });
    expect(await place.itaca(['company', 'set', 'Group', 'parent=Nobody'])).toMatchObject({ code: 3 });
    const group = (await place.ok('company', 'show', 'Group', '--json')).json;
    expect(group.subsidiaries).toMatchObject([
      { name: 'Chain', depth: 1 },
      { name: 'Shop', depth: 2 },
    ]);
    expect((await place.ok('company', 'show', 'Shop', '--json')).json.parents).toMatchObject([
      { name: 'Chain' },
      { name: 'Group' },
    ]);
    // By hand a circle can be written; it is found, and hangs nothing.
    const [path = ''] = place.files('companies').filter((one) => one.includes('group'));
    const shop = place
      .files('companies')
      .find((one) => one.includes('shop'))
      ?.slice(10, -3);
    place.edit(path, 'name: Group', `name: Group\nparent: ${shop}`);
    const check = await place.itaca(['check', '--json']);
    expect(check.code).toBe(1);
    expect(
      check.json.filter(({ message }: { message: string }) => /belongs to this very company/.test(message)),
    ).toHaveLength(3);
    expect((await place.ok('company', 'show', 'Shop', '--json')).json.parents).toHaveLength(2);
  });

  it('keeps who went elsewhere', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--company', 'ACME srl', '--title', 'Buyer');
    await place.ok('contact', 'add', '--name', 'Anna Bianchi', '--company', 'ACME srl');
    const set = await place.ok(
      'contact',
      'set',
      'Mario Rossi',
      'company=Bassi spa',
      'title=Director',
      '--json',
    );
    const left = { company: expect.stringMatching(/^acme-srl-/), title: 'Buyer', until: '2026-11-20' };
    expect(set.json.positions).toEqual([left]);
    await place.ok('contact', 'set', 'Mario Rossi', 'language=it');
    await place.ok('contact', 'set', 'Mario Rossi', 'company=', 'title=');
    const mario = (await place.ok('contact', 'show', 'Mario Rossi', '--json')).json;
    expect(mario.positions).toMatchObject([
      left,
      {
        company: expect.stringMatching(/^bassi-spa-/),
        title: 'Director',
        from: '2026-11-20',
        until: '2026-11-20',
      },
    ]);
    const acme = (await place.ok('company', 'show', 'ACME', '--json')).json;
    expect(acme.people).toMatchObject([{ name: 'Anna Bianchi', title: null }]);
    expect(acme.former_people).toMatchObject([
      { name: 'Mario Rossi', title: 'Buyer', until: '2026-11-20', now: null },
    ]);
    expect((await place.ok('check')).stdout).toBe('');
    expect(await place.itaca(['contact', 'set', 'Mario Rossi', 'positions='])).toMatchObject({ code: 2 });
  });
});
