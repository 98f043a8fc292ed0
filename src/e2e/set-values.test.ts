import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const mario = 'mario@example.it';

async function one(): Promise<{ place: Place; card: string }> {
  const place = await workspace();
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', mario);
  return { place, card: place.files('contacts')[0] as string };
}

const shown = async (place: Place) => (await place.ok('contact', 'show', mario, '--json')).json;

describe.concurrent('contact set of a list or a map', () => {
  it('takes what YAML writes in one line, every word as text', async () => {
    const { place } = await one();
    const home = '{label: home, street: "Via Roma 1, scala B", postal_code: 00184, country: IT}';
    await place.ok(
      'contact',
      'set',
      mario,
      `addresses=[${home}]`,
      'identifiers={shop: 007}',
      'tags=[vip, no]',
    );
    const first = { label: 'home', street: 'Via Roma 1, scala B', postal_code: '00184', country: 'IT' };
    expect(await shown(place)).toMatchObject({
      addresses: [first],
      identifiers: { shop: '007' },
      tags: ['vip', 'no'],
    });
    for (const _ of ['once', 'twice'])
      await place.ok('contact', 'set', mario, 'addresses+={label: work, locality: Bari}');
    expect((await shown(place)).addresses).toEqual([first, { label: 'work', locality: 'Bari' }]);
    await place.ok('contact', 'set', mario, 'addresses={locality: Roma}', 'title=[Dr.] Rossi');
    expect(await shown(place)).toMatchObject({ addresses: [{ locality: 'Roma' }], title: '[Dr.] Rossi' });
    expect((await place.ok('check', '--json')).json).toEqual([]);
  });

  it.each([
    ['addresses=[{street: Via Roma 1', 'usage', 'no list or map in YAML'],
    ['addresses=[{street: &a x, locality: *a}]', 'usage', 'no list or map in YAML'],
    ['addresses=[!!js/function {}]', 'usage', 'no list or map in YAML'],
    [`addresses=${'['.repeat(5000)}`, 'usage', 'too long'],
    [`addresses=[{street: ${'x'.repeat(20_000)}}]`, 'usage', 'too long'],
    ['addresses=[{country: Italy}]', 'invalid', 'ISO 3166'],
    ['emails=[{address: nobody}]', 'invalid', 'is not an e-mail address'],
  ])('refuses %s', async (word, code, message) => {
    const { place, card } = await one();
    const before = place.read(card);
    const run = await place.itaca(['contact', 'set', mario, word, '--json']);
    expect(run.error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(place.read(card)).toBe(before);
  });
});
