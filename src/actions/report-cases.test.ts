import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from '../workspace/workspace.js';
import { listDue } from './list-due.js';
import { openCases } from './report-cases.js';

let root: string;
let workspace: Workspace;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'itaca-cases-'));
  cpSync(new URL('../../examples/fair', import.meta.url), root, { recursive: true });
  const now = () => Date.parse('2026-11-24T09:00:00+01:00');
  workspace = await Workspace.open(root, { now, me: () => undefined });
});
afterAll(() => {
  workspace.close();
  rmSync(root, { recursive: true });
});

describe('the open cases of the fair', () => {
  it('are due by the hours of the office', async () => {
    const cases = await openCases(workspace);
    expect(cases.map(({ type, due_for, due_at, overdue }) => [type, due_for, due_at, overdue])).toEqual([
      ['complaint', 'first_response', '2026-11-13T16:40:00+01:00', true],
      ['privacy', 'resolution', '2026-12-06T09:40:00+01:00', false],
      // It waits for the customer.
      ['question', null, null, false],
      ['order', 'resolution', '2026-11-27T10:12:00+01:00', false],
    ]);
  });

  it('stand among what is due, in the time of the workspace', async () => {
    const due = await listDue(workspace, { overdue: true });
    expect(due.filter(({ kind }) => kind === 'case').map((row) => row.due)).toEqual([
      '2026-11-13T16:40:00+01:00',
    ]);
  });
});
