import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

/** Exports some records of a workspace, and gives the path of the list. */
async function exported(place: Place, query: string): Promise<string> {
  const path = place.path('../out.csv');
  rmSync(path, { force: true });
  await place.ok('export', 'csv', query, '-o', path);
  return path;
}

const importing = async (place: Place, path: string) =>
  (await place.ok('import', 'csv', path, '--yes', '--json')).json;

describe.concurrent('import csv of our own export', () => {
  it('of suppressions: what nobody is to write to stays so in another workspace', async () => {
    const [old, fresh] = [await workspace(), await workspace()];
    await old.ok('suppress', 'add', 'gone@example.it', '--reason', 'unsubscribed', '--source', 'a letter');
    await old.ok('suppress', 'add', 'basta.example');
    await old.ok('suppress', 'add', 'some@example.it', '--scope', 'newsletter');
    old.write(
      'suppressions/k3f9w2q8ab.md',
      `---\naddress_hmac: [${'ab'.repeat(32)}]\nscope: all\nreason: erased\n---\n`,
    );
    const list = await exported(old, 'kind:suppression');
    const report = await importing(fresh, list);
    expect(report).toMatchObject({
      format: 'itaca-suppressions',
      rows: 4,
      created: 3,
      refused: 1,
      suppressed: 3,
      errors: [{ message: expect.stringContaining('the address was erased') }],
    });
    const shown = async (place: Place) =>
      (await place.ok('suppress', 'list', '--json')).json
        .map(({ address, domain, scope, reason, at, source }: Record<string, unknown>) => ({
          ...{ address, domain, scope, reason, at, source: source ?? 'out.csv' },
        }))
        .filter(({ reason }: { reason: string }) => reason !== 'erased')
        .sort((a: { scope: string }, b: { scope: string }) =>
          JSON.stringify(a).localeCompare(JSON.stringify(b)),
        );
    expect(await shown(fresh)).toEqual(await shown(old));
    expect(await shown(fresh)).toHaveLength(3);
    expect(await importing(fresh, list)).toMatchObject({
      created: 0,
      unchanged: 3,
      refused: 1,
      suppressed: 0,
    });
    // At home the hash says what it said.
    expect(await importing(old, list)).toMatchObject({ created: 0, unchanged: 4, refused: 0, errors: [] });
    expect((await fresh.ok('check', '--json')).json).toEqual([]);
  });

  it('of anything else says what it is, and makes nobody up', async () => {
    const place = await workspace({ example: 'fair' });
    const before = place.tree();
    for (const [query, what] of [
      ['kind:interaction', 'an export of interactions'],
      ['kind:deal', 'an export of deals'],
      ['kind:case', 'an export of cases'],
      ['kind:promise', 'an export of promises'],
      ['kind:deal OR kind:company', 'several kinds'],
    ] as const) {
      const list = await exported(place, query);
      const run = await place.itaca(['import', 'csv', list, '--yes', '--json']);
      expect(run.error).toMatchObject({ code: 'invalid', message: expect.stringContaining(what) });
    }
    expect(place.tree()).toEqual(before);
  });
});
