import { describe, expect, it } from 'vitest';
import { workspace } from './harness.js';

describe.concurrent('review', () => {
  it('draws ended cases for somebody who had no hand in them, the same ones for a seed', async () => {
    const place = await workspace({ example: 'fair' });
    const sample = async (...more: string[]) =>
      (await place.ok('review', 'sample', '--json', ...more)).json.map(({ id }: { id: string }) => id);
    const drawn = await sample('--for', 'boss');
    expect(drawn.toSorted()).toEqual(['e0135gk0nk', 'w184rbkgxw']);
    expect(await sample('--for', 'boss')).toEqual(drawn);
    // Karin owned the one, and has a hand in none of the other.
    expect(await sample('--for', 'karin')).toEqual(['e0135gk0nk']);
    expect(await sample('--for', 'boss', '--count', '1', '--seed', 'x')).toHaveLength(1);
    expect(await sample('--for', 'boss', '--since', '2w')).toEqual(['w184rbkgxw']);
    expect((await place.itaca(['review', 'sample', '--count', 'two', '--as', 'boss'])).code).toBe(2);
    expect((await place.itaca(['review', 'sample', '--for', 'nobody'])).code).toBe(2);
  });

  it('puts a finding on file, and none about one\u2019s own work', async () => {
    const place = await workspace({ example: 'fair' });
    const record = [
      'review',
      'record',
      'w184rbkgxw',
      'told her the wrong colour twice',
      '--outcome',
      'wrong',
    ];
    const before = place.tree();
    const own = await place.itaca([...record, '--as', 'karin', '--json']);
    expect(own.code).toBe(6);
    expect(own.error).toMatchObject({ code: 'refused', message: expect.stringContaining('had a hand') });
    expect((await place.itaca([...record, '--as', 'boss', '--dry-run'])).code).toBe(0);
    expect(place.tree()).toEqual(before);

    const commits = await place.commits();
    const { json } = await place.ok(...record, '--as', 'boss', '--json');
    expect(json).toMatchObject({
      kind: 'interaction',
      channel: 'note',
      direction: 'internal',
      by: 'boss',
      case: 'six-disco-40-in-the-wrong-colour-w184rbkgxw',
      topics: ['review'],
      outcome: 'wrong',
    });
    expect(await place.commits()).toBe(commits + 1);
    // Whoever has reviewed a case has still no hand in it.
    await place.ok(...record, '--as', 'boss');
    const findings = (await place.ok('review', 'list', '--case', 'w184rbkgxw', '--by', 'boss', '--json'))
      .json;
    expect(findings).toHaveLength(2);
    expect(findings[0]).toMatchObject({
      by: 'boss',
      title: 'Six Disco 40 in the wrong colour',
      outcome: 'wrong',
      finding: 'told her the wrong colour twice',
    });
    expect((await place.ok('review', 'list', '--until', '2026-11-19')).stdout).toBe('');
    const sampled = (await place.ok('review', 'sample', '--for', 'boss', '--since', '2w', '--json')).json;
    expect(sampled).toMatchObject([{ id: 'w184rbkgxw', findings: 2 }]);
    expect((await place.itaca(['check'])).code).toBe(0);
  });

  it('takes a long finding from standard input, and no empty one', async () => {
    const place = await workspace({ example: 'fair' });
    const record = ['review', 'record', 'w184rbkgxw', '-', '--as', 'boss', '--json'];
    expect((await place.itaca(record, { input: 'one\n\ntwo\n' })).json.note.trim()).toBe('one\n\ntwo');
    expect((await place.itaca(record, { input: ' \n' })).code).toBe(2);
  });
});
