import { describe, expect, it } from 'vitest';
import { type Place, workspace } from './harness.js';

const complaint = 'processes/complaint.yaml';
const office = 'calendars/office.yaml';

async function lines(place: Place): Promise<string[]> {
  const run = await place.itaca(['check']);
  expect(run.stderr).toBe('');
  expect(run.code).toBe(run.stdout === '' ? 0 : 1);
  return run.stdout.split('\n').filter(Boolean);
}

describe.concurrent('check proves a process', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'waits that lead only to one another',
      complaint,
      '  waiting_customer: [open, resolved, merged]\n  waiting_internal: [open, resolved, merged]',
      '  waiting_customer: [waiting_internal, merged]\n  waiting_internal: [waiting_customer, merged]',
      /complaint\.yaml:7:21: states: waiting_customer and waiting_internal lead only to one another/,
    ],
    [
      'a process in which no clock runs',
      complaint,
      'moves: ',
      'categories: {new: paused, open: paused, waiting_internal: paused}\nmoves: ',
      /complaint\.yaml:8:13: categories: no state is left in which a clock runs$/,
    ],
    [
      'a state that no move leads to',
      complaint,
      'open: [waiting_customer, ',
      'open: [',
      /complaint\.yaml:7:21: states: no move leads to waiting_customer$/,
    ],
    [
      'deadlines nobody answers for',
      complaint,
      'office: main ',
      '#',
      /complaint\.yaml:\d+:\d+: deadlines: no office answers for them$/,
    ],
    [
      'an office nobody knows',
      complaint,
      'office: main',
      'office: moon',
      /complaint\.yaml:6:9: office: itaca\.yaml knows no office "moon"$/,
    ],
    [
      'a deadline that another one hides',
      complaint,
      'clock: next_response',
      'clock: resolution',
      /complaint\.yaml:\d+:12: deadlines: a line above stands for resolution; this one would never hold$/,
    ],
    [
      'evidence for a state that is not there',
      'processes/cancellation.yaml',
      '  closed: [written_confirmation]',
      '  waiting_customer: [answer]\n  closed: [written_confirmation]',
      /cancellation\.yaml:\d+:21: evidence: waiting_customer is not among the states of this process$/,
    ],
    [
      'a field that no case has',
      complaint,
      'closed: [cause]',
      'closed: [causes]',
      /complaint\.yaml:\d+:12: required: no case has a field "causes"/,
    ],
    [
      'a time to wait for nothing',
      complaint,
      'closed: [answer, confirmation]',
      'closed: [answer]',
      /complaint\.yaml:\d+:14: close_after: stands for a confirmation, which evidence does not ask for$/,
    ],
    [
      'levels that fall',
      complaint,
      'level: 1',
      'level: 4',
      /complaint\.yaml:\d+:12: escalation: level 1 follows level 4$/,
    ],
    [
      'a level that comes no later than the one below',
      complaint,
      'after: PT40H',
      'after: PT4H',
      /complaint\.yaml:\d+:12: escalation: level 3 after PT4H comes no later than level 2 after PT8H$/,
    ],
    [
      'an escalation to nobody',
      complaint,
      'notify: reports_to',
      'notify: nobody',
      /complaint\.yaml:\d+:13: escalation: "nobody" is neither owner, reports_to, a member nor an office$/,
    ],
    [
      'an escalation of a deadline that is not set',
      'processes/privacy.yaml',
      'after: PT8H\n',
      'after: PT8H\n    clock: next_response\n',
      /privacy\.yaml:\d+:12: escalation: no deadline is set for next_response$/,
    ],
    [
      'a playbook without a language of the workspace',
      complaint,
      '      it: Da quando, e a chi',
      '      de: Da quando, e a chi',
      /complaint\.yaml:\d+:7: playbook\.questions: no wording in it$/,
    ],
    [
      'a channel nobody owns',
      'itaca.yaml',
      '    owner: "anna"\n',
      '',
      /itaca\.yaml:\d+:5: channels\.email: nobody owns it; a published channel has an owner$/,
    ],
    [
      'a channel without hours',
      'itaca.yaml',
      '    hours: office\n',
      '',
      /itaca\.yaml:\d+:5: channels\.email: no hours say when somebody answers; name a calendar$/,
    ],
    [
      'a channel without a target',
      'itaca.yaml',
      '    target: PT8H\n',
      '',
      /itaca\.yaml:\d+:5: channels\.email: no target says how soon the first answer is due$/,
    ],
    [
      'a deadline in a calendar that is closed for too long',
      office,
      'exceptions: []',
      'exceptions:\n  - date: 2020-01-01\n    until: 9999-12-31\n    hours: []',
      /complaint\.yaml:\d+:15: deadlines: calendar "office" has no moment PT8H from 2026-11-20 within a hundred years$/,
    ],
  ])('finds %s', async (_what, path, piece, instead, expected) => {
    const place = await workspace();
    place.edit(path, piece, instead);
    const found = await lines(place);
    expect(found).toContainEqual(expect.stringMatching(expected));
  });

  it('finds nothing in a new workspace, in whatever language', async () => {
    const place = await workspace();
    expect(await lines(place)).toEqual([]);
    place.edit('itaca.yaml', '  - "it"', '  - fr\n  - de');
    expect(await lines(place)).toEqual([]);
  });
});

describe.concurrent('check reads calendars', () => {
  it.each<[string, string, string, RegExp]>([
    [
      'an unknown zone',
      'timezone: Europe/Rome',
      'timezone: Europe/Milan',
      /:2:11: timezone: expected an IANA/,
    ],
    [
      'an unknown country',
      'country: "IT"',
      'country: ZZ',
      /:\d+:12: holidays: no public holidays are known for country "ZZ"$/,
    ],
    [
      'an unknown region',
      '  # region: BY ',
      '  region: QQ #',
      /:\d+:11: holidays: no public holidays are known for region "QQ" of IT$/,
    ],
    [
      'hours that end where they begin',
      '"09:00-13:00"',
      '"09:00-09:00"',
      /:4:9: week\.mon\.0: "09:00-09:00" begins and ends/,
    ],
    [
      'hours that overlap',
      '"09:00-13:00"',
      '"09:00-15:00"',
      /:4:8: week\.mon: 09:00-15:00 and 14:00-18:00 overlap$/,
    ],
    [
      'an end before its start',
      'exceptions: []',
      'exceptions:\n  - date: 2026-12-24\n    until: 2026-12-20\n    hours: []',
      /:\d+:12: exceptions\.0\.until: until lies before date$/,
    ],
    [
      'a day no year has',
      'exceptions: []',
      'exceptions:\n  - date: 12-32\n    hours: []',
      /:\d+:11: exceptions\.0\.date: this day does not exist$/,
    ],
    [
      'a feed that is not there',
      '  # ics: ',
      '  ics: ',
      /:\d+:9: holidays\.ics: there is no calendars\/closures\.ics$/,
    ],
    [
      'a feed elsewhere',
      '  # ics: [',
      '  ics: [../',
      /:\d+:9: holidays\.ics\.0: expected the name of an iCalendar file/,
    ],
  ])('finds %s', async (_what, piece, instead, expected) => {
    const place = await workspace();
    place.edit(office, piece, instead);
    const found = await lines(place);
    expect(found).toContainEqual(expect.stringMatching(expected));
    expect(found[0]?.startsWith(`${office}:`)).toBe(true);
  });

  const feed = (...event: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', ''].join(
      '\r\n',
    );

  it('and their feeds, by the line, also when they are staged', async () => {
    const place = await workspace();
    place.edit(office, '  # ics: ', '  ics: ');
    place.write('calendars/closures.ics', feed('DTSTART;VALUE=DATE:20261207', 'RRULE:FREQ=YEARLY'));
    expect(await lines(place)).toEqual([]);
    place.write('calendars/closures.ics', feed('DTSTART;VALUE=DATE:20261232', 'RRULE:FREQ=SECONDLY'));
    const broken = ['calendars/closures.ics:4:1: DTSTART: "20261232" is not a date or time'];
    expect(await lines(place)).toEqual(broken);
    await place.git('add', '-A');
    expect((await place.itaca(['check', '--staged'])).stdout.trim().split('\n')).toEqual(broken);
    const run = await place.itaca(['check', '--json']);
    expect(run.json).toMatchObject([
      { path: 'calendars/closures.ics', line: 4, hint: 'it is written as 20261224 or 20261224T130000' },
    ]);
  });

  it('and a deadline waits for what a feed closes to be over', async () => {
    const place = await workspace();
    await place.ok('contact', 'add', '--name', 'Mario Rossi', '--email', 'mario@example.it');
    await place.ok('case', 'open', 'Broken', '--type', 'complaint', '--contact', 'mario@example.it');
    const dueAt = async () => (await place.ok('report', 'cases', '--json')).json[0].due_at;
    // A Friday, eleven in the morning: eight open hours later it is Monday, eleven.
    expect(await dueAt()).toBe('2026-11-23T11:00:00+01:00');
    place.edit(office, '  # ics: ', '  ics: ');
    place.write('calendars/closures.ics', feed('DTSTART;VALUE=DATE:20201123', 'RRULE:FREQ=YEARLY'));
    expect(await dueAt()).toBe('2026-11-24T11:00:00+01:00');
    place.write('calendars/closures.ics', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\n');
    const run = await place.itaca(['report', 'cases', '--json']);
    expect(run.code).toBe(4);
    expect(run.error).toMatchObject({ path: 'calendars/closures.ics', line: 2 });
  });
});
