import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const record = (lines: string[]) => `---\n${lines.join('\n')}\n---\n`;
const kase = (...lines: string[]) => record(['type: complaint', ...lines]);
const opened = 'opened_at: 2026-11-10T10:00:00+01:00';

/** Cases that are wrong each in its own way, and a good one. */
const cases: Record<string, string> = {
  'good-00000000a0': kase(
    'title: Good',
    'state: open',
    opened,
    'history: [{at: 2026-11-10T10:00:00+01:00, to: open}]',
  ),
  'no-list-00000000a1': kase('title: No list', 'state: open', opened, 'history: none'),
  'no-times-00000000a2': kase(
    ...['title: No times', 'state: open', 'opened_at: yesterday'],
    ...['history:', '  - at: monday', '    to: new', '  -', '  - 7'],
  ),
  'never-00000000a3': kase('title: Never', 'state: open'),
  'flying-00000000a4': kase('title: Flying', 'state: flying', opened),
  'gone-00000000a5': kase('title: Gone', 'state: merged', opened, 'merged_into: nobody-00000000zz'),
  'circle-a-00000000a6': kase('title: A', 'state: merged', opened, 'merged_into: circle-b-00000000a7'),
  'circle-b-00000000a7': kase('title: B', 'state: merged', opened, 'merged_into: circle-a-00000000a6'),
  'itself-00000000a8': kase('title: Itself', 'state: merged', opened, 'merged_into: itself-00000000a8'),
  'back-00000000a9': kase(
    ...['title: Back', 'state: open', opened, 'history:'],
    ...['  - {at: 2026-11-10T10:00:00+01:00, to: new}'],
    ...['  - {at: 2026-11-12T10:00:00+01:00, from: new, to: waiting_customer}'],
    ...['  - {at: 2026-11-11T10:00:00+01:00, from: waiting_customer, to: open}'],
  ),
  'other-00000000b0': kase(
    ...['title: Other', 'state: closed', opened],
    ...[
      'history: [{at: 2026-11-10T10:00:00+01:00, to: new}, {at: 2026-11-11T10:00:00+01:00, to: waiting_customer}]',
    ],
  ),
  'silent-00000000b1': kase('title: Silent', 'state: open', opened),
  'silent-closed-00000000b2': kase('title: Silent, closed', 'state: closed', opened, 'history:'),
  'torn-00000000b3': '---\ntitle: [Torn\nstate: open\n---\n',
};

async function broken(): Promise<Place> {
  const place = await workspace();
  for (const [name, text] of Object.entries(cases)) place.write(`cases/${name}.md`, text);
  await place.git('add', '-A');
  await place.git('commit', '-qm', 'Cases');
  return place;
}

describe.concurrent('cases that are wrong', () => {
  it('are named by check, each where it is wrong', async () => {
    const place = await broken();
    const { code, stdout } = await place.itaca(['check']);
    expect(code).toBe(1);
    for (const [path, message] of [
      ['no-list-00000000a1.md:6:', /history: .*expected array/],
      ['no-times-00000000a2.md:5:', /opened_at: expected a time/],
      ['no-times-00000000a2.md:7:', /history\.0\.at: expected a time/],
      ['never-00000000a3.md:', /opened_at: is required/],
      ['flying-00000000a4.md:4:', /state: /],
      ['gone-00000000a5.md:6:', /no record has the id 00000000zz/],
      ['circle-a-00000000a6.md:6:', /were merged into each other/],
      ['itself-00000000a8.md:6:', /names this very case/],
      ['back-00000000a9.md:9:', /lies before the move above it/],
      ['other-00000000b0.md:4:', /is closed, but the last move in history leads to waiting_customer/],
      ['torn-00000000b3.md:', /./],
    ] as const) {
      const lines = stdout.split('\n').filter((line) => line.startsWith(`cases/${path}`));
      expect(lines, path).toContainEqual(expect.stringMatching(message));
    }
    expect(stdout).not.toMatch(/good-|silent-/);
  });

  it('stop no list and no report, and nothing is guessed of them', async () => {
    const place = await broken();
    const list = await place.itaca(['case', 'list', '--all', '--json']);
    expect(list.code).toBe(0);
    expect(list.stderr).toContain('more problems; see: itaca check');
    expect(list.json).toHaveLength(Object.keys(cases).length - 1);
    const row = (title: string) => list.json.find((one: { title: string }) => one.title === title);
    expect(row('Good')).toMatchObject({ due_for: 'first_response', overdue: true });
    expect(row('Silent')).toMatchObject({ due_for: 'first_response', overdue: true });
    for (const title of [
      'No times',
      'Never',
      'Flying',
      'Gone',
      'A',
      'B',
      'Itself',
      'Other',
      'Silent, closed',
    ])
      expect([title, row(title).due_at, row(title).overdue]).toEqual([title, null, false]);
    for (const args of [
      ['report', 'cases'],
      ['report', 'cases', '--group-by', 'age'],
      ['report', 'sla', '--group-by', 'month'],
      ['report', 'gaps'],
      ['report', 'gaps', '--since', '2026-01-01'],
      ['report', 'workload'],
      ['report', 'causes'],
      ['due'],
      ['status'],
    ]) {
      const run = await place.itaca([...args, '--json']);
      expect([args, run.code]).toEqual([args, 0]);
      expect(JSON.stringify(run.json)).not.toContain('NaN');
    }
    const { json: sla } = await place.itaca(['report', 'sla', '--json']);
    // Those whose moves are known: no resolution is read out of the others.
    expect(sla.groups.find(({ clock }: { clock: string }) => clock === 'resolution')).toMatchObject({
      met: 0,
      breached: 0,
      due: 3,
    });
  });

  it('are shown as far as they can be read, and told apart from what is not there', async () => {
    const place = await broken();
    for (const name of Object.keys(cases).filter((one) => !one.startsWith('torn'))) {
      const id = name.slice(-10);
      for (const args of [['show'], ['dossier']]) {
        const run = await place.itaca(['case', ...args, id, '--json']);
        expect([name, run.code]).toEqual([name, 0]);
      }
      expect((await place.itaca(['case', 'show', id])).stdout).toContain(name);
    }
    const torn = await place.itaca(['case', 'show', '00000000b3', '--json']);
    expect(torn.code).toBe(4);
    expect(torn.error).toMatchObject({ path: 'cases/torn-00000000b3.md', line: expect.any(Number) });
  });

  it('are not moved on as long as that would write what is wrong', async () => {
    const place = await broken();
    const before = place.tree();
    for (const [args, code] of [
      [['accept', '00000000a1'], 4],
      [['assign', '00000000a2', 'anna'], 4],
      [['reopen', '00000000a5'], 6],
      [['resolve', '00000000a6'], 6],
      [['merge', '00000000a0', '00000000a7'], 6],
      [['resolve', '00000000a4'], 6],
      [['accept', '00000000b3'], 4],
    ] as const) {
      const run = await place.itaca(['case', ...args, '--as', 'anna', '--json']);
      expect([args, run.code]).toEqual([args, code]);
      expect(run.error.message).not.toContain('a bug');
    }
    expect(place.tree()).toEqual(before);
    for (const id of ['00000000a5', '00000000a6', '00000000a8'])
      expect((await place.itaca(['case', 'unmerge', id])).code).toBe(0);
    expect((await place.itaca(['check'])).stdout).not.toMatch(/gone-|circle-|itself-/);
  });
});
