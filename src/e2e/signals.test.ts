import { expect, it } from 'vitest';
import { workspace } from './harness.js';

it('the signals of a message raise its case, give it their priority, and tell whom the process names, once', async () => {
  const place = await workspace();
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.org');
  const { json } = await place.ok(
    ...[
      'case',
      'open',
      'Books never arrived',
      '--contact',
      'mario@example.org',
      '--type',
      'complaint',
      '--json',
    ],
  );
  const message = (signals: string) =>
    `---\nat: 2026-11-20T10:30:00+01:00\nchannel: email\ndirection: inbound\naddress: info@acme.example\ncase: ${json.ref ?? json.id}\n${signals}---\nVado dall'avvocato\n`;
  const path = 'interactions/2026/11/m-mmmmmmmmmm.md';
  place.write(path, message('signals:\n  lawyer: "speaks of a lawyer: \\"avvocato\\""\n  capitals: 90 %\n'));
  expect((await place.ok('check')).stdout).toBe('');
  const run = await place.ok('run', '--json');
  expect(run.json.escalated).toMatchObject([
    { level: '1', why: '90 %' },
    { level: '3', why: 'speaks of a lawyer: "avvocato"', notify: ['anna'] },
  ]);
  const kase = (await place.ok('case', 'show', json.id, '--json')).json;
  expect(kase).toMatchObject({ priority: 'high', level: 3 });
  expect((await place.ok('run', '--json')).json.escalated).toEqual([]);
  // What somebody wrote there by hand stops nothing, and check tells of it.
  for (const broken of [
    'signals: lawyer\n',
    'signals: "{"\n',
    'signals: [press]\n',
    'signals: {police: x}\n',
  ]) {
    place.write(path, message(broken));
    expect((await place.ok('run', '--json')).json.escalated).toEqual([]);
    expect((await place.itaca(['check'])).stdout).toContain('signals');
  }
});
