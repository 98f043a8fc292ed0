import { type CsvLayoutName, csvParts } from '../../actions/export/csv-parts.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { exportRecords } from './export-records.js';

export const run: Handler = (cli, [words], options) => {
  const layout = options.layout as CsvLayoutName | undefined;
  return exportRecords(cli, 'csv', words as string[], options, ({ records, index }) => {
    const { parts, counts } = csvParts(records, index, layout, (cell) => printable(cell, true));
    return {
      parts,
      counts: () => {
        if (counts.left > 0)
          cli.warn(`${counts.left} addresses, numbers or dates have no column in the layout of ${layout}`);
        if (counts.invalid > 0)
          cli.warn(
            `${counts.invalid} invalid ${counts.invalid === 1 ? 'address' : 'addresses'} left out: nothing can be delivered there`,
          );
        const { invalid, ...others } = counts;
        if (layout === undefined) return { records: counts.records };
        return { ...others, ...(invalid > 0 ? { invalid_left_out: invalid } : {}), layout };
      },
    };
  });
};
