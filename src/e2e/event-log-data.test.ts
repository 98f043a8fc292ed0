import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { type Place, project, workspace } from './harness.js';
import { readLog, tracesOf } from './xes-reader.js';

const data = join(resolve(project, process.env.ITACA_DATA ?? '../shared/data'), 'process');
const skipped = existsSync(join(data, 'reference.csv')) ? '' : ' (skipped: no data)';

const rowsOf = (text: string | Buffer) => parse(text, { columns: true }) as Record<string, string>[];

async function imported(name: string): Promise<{ place: Place; report: Record<string, unknown> }> {
  const place = await workspace();
  const run = await place.ok('import', 'log', join(data, name), '--type', 'helpdesk', '--yes', '--json');
  return { place, report: run.json };
}

describe.skipIf(skipped)(`a helpdesk’s log${skipped}`, () => {
  it('has the figures that others found in it, and comes out as it came in', async () => {
    const { place, report } = await imported('helpdesk_italian_company.csv.gz');
    expect(report).toMatchObject({
      cases: 4580,
      events: 21348,
      created: 4580,
      refused: 0,
      left_out: [{ column: 'Variant', why: 'it is there twice' }],
    });
    expect((await place.ok('check')).stdout).toBe('');
    const again = await place.ok(
      'import',
      'log',
      join(data, 'helpdesk_italian_company.csv.gz'),
      '--yes',
      '--json',
    );
    expect(again.json).toMatchObject({ created: 0, updated: 0, unchanged: 4580 });

    const { json } = await place.ok('report', 'conformance', '--json');
    const cases = (rows: Record<string, unknown>[], wanted: Record<string, unknown>, key = 'cases') =>
      rows.find((row) => Object.entries(wanted).every(([name, value]) => row[name] === value))?.[key];
    const pair = { before: 'Take in charge ticket', after: 'Resolve ticket' };
    const customer = { attribute: 'customer' };
    const figure: Record<string, unknown> = {
      'full log: cases': json.cases,
      ': events': json.events,
      ': activities': json.activities.length,
      ': variants': json.variants,
      ': mean case days': json.mean_days,
      ': median case days': json.median_days,
      'top variant: cases': json.top_variants[0].cases,
      'init: cases': cases(json.start, { activity: 'Assign seriousness' }),
      'end: cases': cases(json.end, { activity: 'Closed' }),
      'response: cases satisfied': cases(json.response, pair, 'satisfied'),
      'precedence: cases satisfied': cases(json.precedence, pair, 'satisfied'),
      'rework: cases': cases(json.rework, { activity: 'Resolve ticket' }),
      'directly follows Resolve ticket -> Closed: n': cases(
        json.directly_follows,
        { from: 'Resolve ticket', to: 'Closed' },
        'n',
      ),
      'directly follows distinct pairs: n': json.directly_follows.length,
      'customers: n': cases(json.attributes, customer, 'values'),
      'customer changes inside a case: cases': cases(json.attributes, customer, 'changes'),
    };
    const reference = rowsOf(readFileSync(join(data, 'reference.csv'))).filter(
      ({ topic }) => topic === 'helpdesk',
    );
    expect(reference).toHaveLength(16);
    for (const row of reference) {
      const which = row.case === 'directly follows' ? `${row.case} ${row.inputs}` : row.case;
      const name = `${which}: ${row.quantity}`;
      expect(figure, name).toHaveProperty([name]);
      expect(Math.abs(Number(figure[name]) - Number(row.value)), name).toBeLessThanOrEqual(
        Number(row.tolerance),
      );
    }
    expect(json.top_variants[0].activities.join(' > ')).toBe(
      'Assign seriousness > Take in charge ticket > Resolve ticket > Closed',
    );

    const { traces } = readLog((await place.ok('export', 'xes')).stdout);
    expect(traces).toHaveLength(4580);
    expect(new Set(traces.map(({ attributes }) => attributes['concept:name'])).size).toBe(4580);
    expect(traces.reduce((total, { events }) => total + events.length, 0)).toBe(21348);
    const list = rowsOf((await place.ok('export', 'csv-log')).stdout);
    expect(list).toHaveLength(21348);
    expect(new Set(list.map((row) => row.customer)).size).toBe(397);
  });
});

describe.skipIf(skipped)(`the running example${skipped}`, () => {
  it.each(['running-example.xes', 'running-example.csv'])('%s comes out as it came in', async (name) => {
    const { place, report } = await imported(name);
    expect(report).toMatchObject({ cases: 6, events: 42, created: 6, refused: 0, errors: [] });
    expect((await place.ok('check')).stdout).toBe('');
    const source = tracesOf(readFileSync(join(data, 'running-example.xes'), 'utf8'));
    const out = tracesOf((await place.ok('export', 'xes')).stdout);
    const byName = (traces: typeof out) => traces.sort((a, b) => Number(a.name) - Number(b.name));
    expect(byName(out)).toEqual(byName(source));
    expect(out.flatMap(({ events }) => events)).toHaveLength(42);
    const { json } = await place.ok('report', 'conformance', '--json');
    expect(json).toMatchObject({ cases: 6, events: 42, variants: 6 });
    expect(json.attributes).toContainEqual({ attribute: 'costs', values: 4, changes: 6 });
  });
});
