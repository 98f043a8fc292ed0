import { csvText } from '../csv/write-csv.js';
import { LogTable } from '../domain/eventlog/log-rows.js';
import { type CaseLog, logOfCase } from '../domain/eventlog/logged-case.js';
import { xesHead, xesTail, xesTrace } from '../domain/eventlog/write-xes.js';
import type { Workspace } from '../workspace/workspace.js';
import { type CasePagesOptions, casePages } from './case-pages.js';

/** A log on its way out; the counts stand when the last of it was taken. */
export interface OutgoingLog {
  parts: Iterable<string>;
  counts: { cases: number; events: number };
}

/**
 * Cases as an event log, in pieces of some thousand characters: XES (IEEE 1849) or a list with one row for each event.
 * Cases without an event are no part of it.
 * @throws ItacaError `usage` for a query that is none
 */
export async function exportLog(
  format: 'xes' | 'csv-log',
  workspace: Workspace,
  options: CasePagesOptions,
): Promise<OutgoingLog> {
  const index = await workspace.index();
  const counts = { cases: 0, events: 0 };
  function* cases(): Generator<CaseLog> {
    const names = new Set<string>();
    for (const { id, data } of casePages(index, options)) {
      const log = logOfCase(id, data);
      if (log.events.length === 0) continue;
      // Two systems may call different cases the same.
      if (names.has(log.name)) log.name = id;
      names.add(log.name);
      yield log;
    }
  }
  function* counted(): Generator<CaseLog> {
    for (const log of cases()) {
      counts.cases++;
      counts.events += log.events.length;
      yield log;
    }
  }
  return { parts: format === 'xes' ? xesParts(counted()) : csvParts(cases(), counted()), counts };
}

function* xesParts(cases: Iterable<CaseLog>): Generator<string> {
  yield xesHead();
  for (const log of cases) yield xesTrace(log);
  yield xesTail;
}

const rowsAtOnce = 1000;

/** @param before the same cases, walked first to know the columns */
function* csvParts(before: Iterable<CaseLog>, cases: Iterable<CaseLog>): Generator<string> {
  const table = new LogTable();
  for (const log of before) table.learn(log);
  let rows = [table.header()];
  for (const log of cases) {
    rows.push(...table.rows(log));
    if (rows.length < rowsAtOnce) continue;
    yield csvText(rows);
    rows = [];
  }
  yield csvText(rows);
}
