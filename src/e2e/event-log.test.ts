import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Place, terminal, workspace } from './harness.js';
import { readLog, tracesOf } from './xes-reader.js';

const log = [
  'Case ID,Activity,Complete Timestamp,Resource,customer',
  'T1,Open ticket,2026-01-05 09:00:00,Al,Rossi',
  'T2,Open ticket,2026-01-05 09:30:00,Al,Verdi',
  'T1,Resolve ticket,2026-01-06 10:00:00.250,Bo,Rossi',
  'T1,Closed,2026-01-07 10:00:00,Bo,Rossi',
].join('\n');

const imports = async (place: Place, text: string | Uint8Array, ...more: string[]) => {
  writeFileSync(place.path('../helpdesk.csv'), text);
  return place.itaca(['import', 'log', place.path('../helpdesk.csv'), '--yes', '--json', ...more]);
};

const cases = async (place: Place) => (await place.ok('case', 'list', '--all', '--json')).json;

describe.concurrent('import log', () => {
  it('makes a case of each case, with its history, and is one commit', async () => {
    const place = await workspace();
    const before = await place.commits();
    const run = await imports(place, log, '--type', 'helpdesk');
    expect(run.json).toMatchObject({
      format: 'csv',
      source: 'helpdesk',
      cases: 2,
      events: 4,
      created: 2,
      updated: 0,
      unchanged: 0,
      refused: 0,
      errors: [],
      states: { 'Open ticket': 'open', 'Resolve ticket': 'resolved', Closed: 'closed' },
    });
    expect(await place.commits()).toBe(before + 1);
    const made = (await cases(place)).find(({ title }: { title: string }) => title === 'T1');
    expect(made).toMatchObject({
      type: 'helpdesk',
      state: 'closed',
      opened_at: '2026-01-05T09:00:00+01:00',
      identifiers: { helpdesk: 'T1' },
      attributes: { customer: 'Rossi' },
      history: [
        { at: '2026-01-05T09:00:00+01:00', by: 'Al', activity: 'Open ticket', to: 'open' },
        { at: '2026-01-06T10:00:00.250+01:00', by: 'Bo', activity: 'Resolve ticket', to: 'resolved' },
        { at: '2026-01-07T10:00:00+01:00', by: 'Bo', activity: 'Closed', to: 'closed' },
      ].map((entry) => ({ ...entry, at: entry.at.replace('.250', '.25') })),
    });
    expect((await place.ok('check')).stdout).toBe('');
    expect((await place.ok('show', 'T1', '--json')).json.id).toBe(made.id);
  });

  it('writes nothing in a dry run, and nothing a second time', async () => {
    const place = await workspace();
    const before = place.tree();
    const dry = await imports(place, log, '--dry-run');
    expect(dry.json).toMatchObject({ created: 2, records: [{ case: 'T1', events: 3 }, { case: 'T2' }] });
    expect(place.tree()).toEqual(before);
    await imports(place, log);
    const head = await place.git('rev-parse', 'HEAD');
    expect((await imports(place, log)).json).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await place.git('rev-parse', 'HEAD')).toBe(head);
  });

  it('adds events that came later, to what people wrote since, also from a file of another name', async () => {
    const place = await workspace();
    await imports(place, log);
    await place.ok('case', 'reopen', 'T1', '--why', 'broken again');
    const more = `${log}\nT2,Wait,2026-01-08 10:00:00,Al,Verdi\nT3,Open ticket,2026-01-08 11:00:00,Al,Verdi`;
    writeFileSync(place.path('../later.csv'), more);
    const run = await place.itaca(['import', 'log', place.path('../later.csv'), '--yes', '--json']);
    expect(run.json).toMatchObject({ cases: 3, created: 1, updated: 1, unchanged: 1 });
    const states = Object.fromEntries(
      (await cases(place)).map(({ title, state }: Record<string, string>) => [title, state]),
    );
    expect(states).toEqual({ T1: 'open', T2: 'waiting_customer', T3: 'open' });
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('asks before it writes, and is taken back as one', async () => {
    const place = await workspace();
    writeFileSync(place.path('../helpdesk.csv'), `${log}\nT3,Open,2026-01-08 11:00,Al,Verdi`);
    const run = await place.itaca(['import', 'log', place.path('../helpdesk.csv')]);
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('Write 3 new cases and update 0?');
    await place.ok('import', 'log', place.path('../helpdesk.csv'), '--yes');
    await place.ok('undo', '--yes');
    expect(await cases(place)).toEqual([]);
  });

  it.each([
    ['semicolons in UTF-16', Buffer.from(`\ufeff${log.replaceAll(',', ';')}`, 'utf16le')],
    ['tabs and CRLF', log.replaceAll(',', '\t').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${log}`],
    ['packed by gzip', gzipSync(log)],
    ['days first', log.replaceAll(/(\d{4})-(\d{2})-(\d{2})/g, '$3/$2/$1')],
  ])('reads a list with %s', async (_what, text) => {
    const place = await workspace();
    expect((await imports(place, text)).json).toMatchObject({ cases: 2, events: 4, refused: 0 });
    expect((await cases(place)).map((one: { opened_at: string }) => one.opened_at).sort()).toEqual([
      '2026-01-05T09:00:00+01:00',
      '2026-01-05T09:30:00+01:00',
    ]);
  });

  it('takes columns, states and a time zone as told, from standard input', async () => {
    const place = await workspace();
    const run = await place.itaca(
      [
        ...['import', 'log', '-', '--yes', '--json', '--map', 'case=No,event=Was', '--map', 'time=Wann'],
        ...['--state', 'Fertig=closed', '--timezone', 'America/New_York', '--source', 'Alt 2'],
      ],
      { input: 'No|Was|Wann\n7|Anfang|2026-01-05 09:00\n7|Fertig|2026-01-06 09:00\n' },
    );
    expect(run.json).toMatchObject({ source: 'alt_2', cases: 1, events: 2, states: { Fertig: 'closed' } });
    expect((await cases(place))[0]).toMatchObject({
      title: '7',
      state: 'closed',
      opened_at: '2026-01-05T09:00:00-05:00',
      identifiers: { alt_2: '7' },
    });
  });

  it('names the line of each event that it refuses, and takes the others', async () => {
    const place = await workspace();
    const bad = [
      ',Closed,2026-01-07 10:00,Bo,Rossi',
      'T1,,2026-01-07 10:00,Bo,Rossi',
      'T1,Closed,31/02/2026,Bo,Rossi',
      'T1,Closed,later,Bo,Rossi',
      'T1,Closed,,Bo,Rossi',
      'T1,Closed,2026-01-07 10:00,Bo,Rossi,more',
    ];
    const { json } = await imports(place, `${log}\n${bad.join('\n')}`);
    expect(json).toMatchObject({ cases: 2, events: 4, created: 2, refused: 6 });
    expect(json.errors).toEqual([
      { line: 6, message: 'the event has no case: "Case ID" is empty' },
      { line: 7, message: 'the event has no activity: "Activity" is empty' },
      { line: 8, message: '"31/02/2026": the calendar has no 2026-02-31' },
      { line: 9, message: expect.stringContaining('"later" is no time') },
      { line: 10, message: 'the event has no time: "Complete Timestamp" is empty' },
      { line: 11, message: 'the row has 6 cells, the header 5' },
    ]);
  });

  const bomb =
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><log><trace><string key="a" value="&b;"/></trace></log>';
  it.each<[string, string | Uint8Array, string, number | undefined]>([
    ['without the columns', 'Name,Colour\nA,red\n', 'no column says which case', 1],
    ['of one column', 'Case ID\nA\n', 'no column says what was done', 1],
    ['that is empty', '', 'the file is empty', undefined],
    ['of a header alone', 'Case ID,Activity,Timestamp\n', 'the log has no event', undefined],
    ['of impossible times', 'Case ID,Activity,Timestamp\nA,x,never\n', 'no event of this log can be read', 2],
    [
      'of times in two orders',
      'Case ID,Activity,Timestamp\nA,x,13/01/2026\nA,y,01/13/2026\n',
      'same order',
      3,
    ],
    ['with NULs', 'Case ID,Activity,Timestamp\nA,x\0\0\0,y\n', 'not text', 2],
    ['cut off while packed', gzipSync(log).subarray(0, 60), 'broken or cut off', undefined],
    ['in XES, cut off', '<?xml version="1.0"?>\n<log>\n<trace>', 'broken XML', 3],
    ['in XES with a bomb', bomb, 'a document type is not read', 1],
    ['in XES without an event', '<log/>', 'no column says', 1],
    ['with an open quotation mark', `${log}\nT9,"Closed,2026-01-07`, 'never closed', 6],
  ])('refuses a log %s', async (_what, text, message, line) => {
    const place = await workspace();
    const before = place.tree();
    const run = await imports(place, text);
    expect(run, run.stderr).toMatchObject({ code: 4, stdout: '' });
    expect(run.error).toMatchObject({ code: 'invalid', message: expect.stringContaining(message) });
    expect(run.error.path).toContain('helpdesk.csv');
    expect(run.error.line).toBe(line);
    expect(place.tree()).toEqual(before);
  });

  it.each([
    [['--map', 'case'], 'expected <field>=<column>'],
    [['--map', 'case=Nowhere'], 'there is no column "Nowhere"'],
    [['--state', 'Closed=shut'], 'expected <activity>=<state>'],
    [['--timezone', 'Mars/Olympus'], 'there is no time zone'],
    [['--dates', 'year-first'], 'Allowed choices are day-first, month-first'],
  ])('refuses %j', async (options, message) => {
    const place = await workspace();
    const run = await imports(place, log, ...options);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.error.message).toContain(message);
  });

  it('says what is not there', async () => {
    const place = await workspace();
    const run = await place.itaca(['import', 'log', 'no-such.csv', '--json']);
    expect(run.error).toMatchObject({ code: 'not_found' });
    expect((await place.itaca(['import', 'log', place.root, '--json'])).error).toMatchObject({
      code: 'invalid',
    });
  });
});

describe.concurrent('report conformance', () => {
  it('measures native histories and those that came from elsewhere', async () => {
    const place = await workspace();
    await imports(place, log, '--type', 'helpdesk');
    await place.ok('case', 'open', 'Late books', '--type', 'complaint');
    await place.ok('case', 'assign', 'Late books', 'anna');
    const { json } = await place.ok('report', 'conformance', '--json');
    expect(json).toMatchObject({ cases: 3, events: 6, variants: 3 });
    expect(json.top_variants.map((one: { activities: string[] }) => one.activities)).toContainEqual([
      'new',
      'assign',
    ]);
    expect(json.attributes).toContainEqual({ attribute: 'customer', values: 2, changes: 0 });
    expect(
      (await place.ok('report', 'conformance', 'attributes.customer:Rossi', '--type', 'none', '--json')).json
        .cases,
    ).toBe(0);
  });

  it('holds moves against the process of their type', async () => {
    const place = await workspace();
    place.write(
      'processes/helpdesk.yaml',
      'type: helpdesk\nmoves:\n  new: [open]\n  open: [resolved]\n  resolved: [closed, open]\n  closed: [open]\n',
    );
    await imports(place, `${log}\nT2,Closed,2026-01-09 10:00,Al,Verdi`, '--type', 'helpdesk');
    expect((await place.ok('check')).stdout).toBe('');
    const { json } = await place.ok('report', 'conformance', '--json');
    expect(json.fitness).toEqual([
      { type: 'helpdesk', cases: 2, fitting: 1, moves: 3, allowed: 2, fitness: 0.667 },
    ]);
    expect(json.violations).toEqual([
      {
        type: 'helpdesk',
        fault: 'skipped',
        from: 'open',
        to: 'closed',
        skipped: ['resolved'],
        moves: 1,
        cases: [expect.stringMatching(/^t2-/)],
      },
    ]);
  });

  it('looks at the cases, the times and the pairs that are asked for', async () => {
    const place = await workspace();
    await imports(place, log);
    const figures = async (...more: string[]) =>
      (await place.ok('report', 'conformance', '--json', ...more)).json;
    expect((await figures('--since', '2026-01-05T09:15')).cases).toBe(1);
    expect((await figures('--until', '2026-01-05')).cases).toBe(2);
    expect((await figures('--until', '2026-01-04')).cases).toBe(0);
    expect((await figures('state:closed')).events).toBe(3);
    expect((await figures('--pair', 'Closed > Resolve ticket')).precedence[0]).toEqual({
      before: 'Closed',
      after: 'Resolve ticket',
      cases: 2,
      satisfied: 1,
      activated: 1,
    });
    const wrong = await place.itaca(['report', 'conformance', '--pair', 'Closed', '--json']);
    expect(wrong.error).toMatchObject({ code: 'usage' });
  });

  it('tells events apart by their transitions where asked to', async () => {
    const place = await workspace();
    const step = (name: string, transition: string, day: number) =>
      `<event><string key="concept:name" value="${name}"/><string key="lifecycle:transition" value="${transition}"/>
       <date key="time:timestamp" value="2026-01-0${day}T10:00:00Z"/></event>`;
    const trace = (name: string, ...events: string[]) =>
      `<trace><string key="concept:name" value="${name}"/>${events.join('')}</trace>`;
    const xes = `<log>${[
      trace('1', step('Accepted', 'In Progress', 1), step('Completed', 'Resolved', 2)),
      trace('2', step('Accepted', 'Wait - User', 1), step('Completed', 'Closed', 2)),
    ].join('')}</log>`;
    const run = await imports(place, gzipSync(xes), '--map', 'to=lifecycle:transition');
    expect(run.json).toMatchObject({
      format: 'xes',
      cases: 2,
      events: 4,
      states: {
        'In Progress': 'open',
        Resolved: 'resolved',
        'Wait - User': 'waiting_customer',
        Closed: 'closed',
      },
    });
    expect((await place.ok('report', 'conformance', '--json')).json.variants).toBe(1);
    const apart = ['report', 'conformance', '--classifier', 'lifecycle_transition', '--json'];
    const { variants, start } = (await place.ok(...apart)).json;
    expect(variants).toBe(2);
    expect(start).toContainEqual({ activity: 'Accepted + In Progress', cases: 1 });
    expect((await place.ok('check')).stdout).toBe('');
  });

  it('is readable on a terminal and in a pipe', async () => {
    const place = await workspace();
    await imports(place, log);
    const shown = await terminal(['-C', place.root, 'report', 'conformance']);
    if (shown) {
      expect(shown.stdout).toContain('2 cases, 4 events, 2 variants');
      expect(shown.stdout).toContain('Open ticket > Resolve ticket > Closed');
    }
    expect((await place.ok('report', 'conformance')).stdout).toMatch(/^cases\t2\nevents\t4\n/);
    const empty = await workspace();
    expect((await empty.ok('report', 'conformance', '--json')).json).toMatchObject({
      cases: 0,
      mean_days: null,
    });
  });
});

describe.concurrent('export', () => {
  it('hands cases on in XES, which comes back as it was', async () => {
    const place = await workspace();
    await imports(place, log, '--type', 'helpdesk');
    const { stdout } = await place.ok('export', 'xes');
    expect(readLog(stdout).extensions).toEqual(['concept', 'time', 'org', 'lifecycle']);
    expect(tracesOf(stdout)).toEqual([
      {
        name: 'T1',
        events: [
          ['Open ticket', '2026-01-05T08:00:00.000Z', 'Al'],
          ['Resolve ticket', '2026-01-06T09:00:00.250Z', 'Bo'],
          ['Closed', '2026-01-07T09:00:00.000Z', 'Bo'],
        ],
      },
      { name: 'T2', events: [['Open ticket', '2026-01-05T08:30:00.000Z', 'Al']] },
    ]);
    const other = await workspace();
    const back = await other.itaca(['import', 'log', '-', '--yes', '--json'], { input: stdout });
    expect(back.json).toMatchObject({ format: 'xes', cases: 2, events: 4, refused: 0 });
    const bare = (all: Record<string, unknown>[]) =>
      all.map(({ title, type, state, opened_at, history }) => ({ title, type, state, opened_at, history }));
    expect(bare(await cases(other))).toEqual(bare(await cases(place)));
    expect((await other.ok('export', 'xes')).stdout.split('\n').sort()).toEqual(stdout.split('\n').sort());
    // What came from here is known here.
    const known = await place.itaca(['import', 'log', '-', '--yes', '--json'], { input: stdout });
    expect(known.json).toMatchObject({ unchanged: 2 });
  });

  it('hands cases on as a list, without formulas', async () => {
    const place = await workspace();
    await imports(place, `${log}\nT2,"=cmd|' /C calc'!A0",2026-01-09 10:00,Al,Verdi`);
    const { stdout } = await place.ok('export', 'csv-log');
    expect(stdout.split('\n')[0]).toBe(
      'case_id,activity,timestamp,resource,lifecycle_transition,from,to,case_type,customer',
    );
    expect(stdout).toContain(
      "T2,'=cmd|' /C calc'!A0,2026-01-09T10:00:00+01:00,Al,complete,,,question,Verdi\n",
    );
    const other = await workspace();
    const back = await other.itaca(['import', 'log', '-', '--yes', '--json'], { input: stdout });
    expect(back.json).toMatchObject({ format: 'csv', cases: 2, events: 5 });
    expect((await other.ok('export', 'csv-log')).stdout).toBe(stdout);
  });

  it('hands on cases that were opened here, and knows them again', async () => {
    const place = await workspace();
    await place.ok('case', 'open', 'A <b> & "c"', '--type', 'complaint');
    const { stdout } = await place.ok('export', 'xes', 'type:complaint');
    const [trace] = readLog(stdout).traces;
    expect(trace?.attributes).toMatchObject({ title: 'A <b> & "c"', type: 'complaint' });
    expect(trace?.events).toMatchObject([{ 'concept:name': 'new', 'org:resource': 'anna', to: 'new' }]);
    const back = await place.itaca(['import', 'log', '-', '--yes', '--json'], { input: stdout });
    expect(back.json).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('writes a file, and none over another', async () => {
    const place = await workspace();
    await imports(place, log);
    const out = place.path('../out.xes');
    const dry = await place.ok('export', 'xes', '-o', out, '--dry-run', '--json');
    expect(dry.json).toEqual({ format: 'xes', cases: 2, events: 4, path: out });
    expect((await place.ok('export', 'xes', '-o', out, '--json')).json).toEqual(dry.json);
    expect(readLog(readFileSync(out, 'utf8')).traces).toHaveLength(2);
    const again = await place.itaca(['export', 'csv-log', '-o', out, '--json']);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.error.message).toContain('is there already');
    expect((await place.itaca(['export', 'xes', '--json'])).error).toMatchObject({ code: 'usage' });
    expect((await place.itaca(['export', 'xes', '-o', place.path('../no/out.xes'), '--json'])).code).toBe(4);
  });
});
