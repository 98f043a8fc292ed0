import { vcardParts } from '../../actions/export/export-vcard.js';
import type { Handler } from '../../cli/spec.js';
import type { VcardVersion } from '../../domain/vcard/said-lines.js';
import { exportRecords } from './export-records.js';

export const run: Handler = (cli, [words], options) =>
  exportRecords(cli, 'vcard', words as string[], options, ({ records, index }) => {
    const { parts, counts } = vcardParts(records(), index, (options.layout ?? '4.0') as VcardVersion);
    return { parts, counts: () => ({ ...counts }) };
  });
