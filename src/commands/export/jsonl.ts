import { stringify } from '../../cli/output.js';
import type { Handler } from '../../cli/spec.js';
import type { StoredRecord } from '../../workspace/records.js';
import { asJson } from '../shared/list-records.js';
import { exportRecords } from './export-records.js';

export const run: Handler = (cli, [words], options) =>
  exportRecords(cli, 'jsonl', words as string[], options, ({ records }) => {
    const counts = { records: 0 };
    function* lines(all: Iterable<StoredRecord>): Generator<string> {
      for (const record of all) {
        counts.records++;
        yield `${stringify(asJson(record), 0)}\n`;
      }
    }
    return { parts: lines(records()), counts: () => counts };
  });
