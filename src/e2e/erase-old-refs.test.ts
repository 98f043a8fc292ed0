import { describe, expect, it } from 'vitest';
import { leftIn, mario, teamWithMario } from './erase-team.js';
import { git } from './harness.js';

describe('a past that was rewritten', () => {
  it('does not come back by tags and branches that another clone published', async () => {
    const { a, b, remote } = await teamWithMario();
    await b.git('tag', 'b-tag');
    await b.git('switch', '-qc', 'b-branch');
    await b.ok('log', 'visit', 'Mario Rossi', 'SECRETWORD at his place', '--out');
    await b.git('switch', '-q', 'main');
    await a.ok('contact', 'erase', mario, '--purge-history', '--confirm', 'Mario Rossi');
    await b.git('push', '-q', 'origin', 'b-tag', 'b-branch');

    // In the clone that purged, they are seen once they are fetched.
    const told = await a.itaca(['check', '--history']);
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('b-branch')]);
    expect((await a.itaca(['sync', '--json'])).error.hint).toContain('--adopt-rewrite');

    await b.ok('sync', '--adopt-rewrite');
    expect(leftIn(b)).toEqual([]);
    for (const ref of ['b-tag', 'b-branch']) {
      expect(await git(remote, 'rev-parse', ref)).toBe(await b.git('rev-parse', ref));
      expect(await git(remote, 'log', '-p', ref)).not.toMatch(/SECRETWORD|mario@/);
    }
    await a.ok('sync', '--adopt-rewrite');
    expect(leftIn(a)).toEqual([]);
    expect((await a.itaca(['check', '--history'])).code).toBe(0);
    expect((await b.itaca(['check', '--history'])).code).toBe(0);
    await a.ok('sync');
    await b.ok('sync');
    expect(await a.git('rev-parse', 'HEAD')).toBe(await b.git('rev-parse', 'HEAD'));
  });
});
