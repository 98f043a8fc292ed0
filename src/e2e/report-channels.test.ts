import { expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

let made = 0;
/** Puts an interaction on file; returns its reference. */
function put(place: Place, at: string, lines: string): string {
  const ref = `m-${String(made++).padStart(10, '0')}`;
  place.write(`interactions/2026/11/${ref}.md`, `---\nat: ${at}\n${lines}\n---\n`);
  return ref;
}
const inbound = (address: string, more = '') =>
  `channel: email\ndirection: inbound\naddress: ${address}${more}`;

async function rowsOf(place: Place, ...args: string[]) {
  const rows = (await place.ok('report', 'channels', '--json', ...args)).json as Record<string, unknown>[];
  return Object.fromEntries(rows.map((row) => [[row.channel, row.address ?? 'all'].join(' '), row]));
}

it('tells how each channel and address answers, and which has gone silent', async () => {
  const place = await workspace();
  await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.org');
  const [mario = ''] = place.files('contacts').map((path) => path.slice('contacts/'.length, -3));
  const his = `\ncontacts: [${mario}]`;
  // Until 6 November something came to sales@ every open day, and was answered by name four hours later.
  for (let day = 1; day <= 31; day++) {
    const date = `2026-10-${String(day).padStart(2, '0')}`;
    if ([0, 6].includes(new Date(date).getUTCDay())) continue;
    const ref = put(place, `${date}T09:00:00+02:00`, inbound('Sales@ACME.example'));
    put(place, `${date}T13:00:00+02:00`, `channel: email\ndirection: outbound\nanswers: ${ref}`);
  }
  const info = 'info@acme.example';
  put(place, '2026-11-16T09:00:00+01:00', inbound(info, his));
  put(place, '2026-11-16T11:00:00+01:00', `channel: phone\ndirection: outbound\noutcome: no_answer${his}`);
  put(place, '2026-11-16T12:00:00+01:00', `channel: email\ndirection: outbound${his}`);
  put(place, '2026-11-17T09:00:00+01:00', inbound(info, '\nmessage_id: <q@x>'));
  put(place, '2026-11-17T10:00:00+01:00', 'channel: email\ndirection: outbound\nin_reply_to: <q@x>');
  put(place, '2026-11-18T09:00:00+01:00', inbound(info, '\noutcome: auto_reply'));
  put(place, '2026-11-20T10:30:00+01:00', inbound(info));
  await place.ok('log', 'phone', 'Mario Rossi', 'asks', '--in', '--address', '02 5550 0123');
  expect((await place.ok('check')).stdout).toBe('');
  const rows = await rowsOf(place, '--since', '2026-11-10');
  expect(rows[`email ${info}`]).toMatchObject({
    ...{
      received: 3,
      answered: 2,
      waiting: 1,
      unasked: 0,
      share_answered: 0.667,
      median_minutes: 120,
      late: 0,
    },
    ...{ oldest_at: '2026-11-20T10:30:00+01:00', silence: false, owner: 'anna' },
  });
  expect(rows['email sales@acme.example']).toMatchObject({
    ...{ received: 0, last_at: '2026-10-30T08:00:00+01:00', silent_days: 14, silence: true },
  });
  expect(rows['email all']).toMatchObject({ received: 3, silence: false });
  expect(rows['phone +390255500123']).toMatchObject({ received: 1, answered: 1, median_minutes: 0 });
  expect(rows['web all']).toMatchObject({ received: 0, share_answered: null, silence_chance: null });
  expect((await place.itaca(['report', 'channels', '--fail-if-any', '--quiet'])).code).toBe(1);
  expect((await place.ok('report', 'channels')).stdout).toContain('sales@acme.example');
  const table = await place.itaca(['report', 'channels', '--since', '2026-11-10'], {
    env: { ITACA_FORCE_TTY: '80' },
  });
  const [head = '', ...lines] = table.stdout.trimEnd().split('\n');
  expect(head).toMatch(/RECEIVED +ANSWERED +WAITING +UNASKED/);
  expect(Math.max(...[head, ...lines].map((line) => line.length))).toBeLessThanOrEqual(80);
  const early = await place.itaca(['report', 'channels', '--fail-if-any'], {
    env: { ITACA_NOW: '2026-10-07T20:00:00+02:00' },
  });
  expect(early.code).toBe(0);
  expect((await place.itaca(['report', 'channels', '--since', '2027-01-01'])).code).toBe(2);
});
