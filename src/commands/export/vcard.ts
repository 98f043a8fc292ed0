import { vcardParts } from '../../actions/export/export-vcard.js';
import type { Handler } from '../../cli/spec.js';
import type { VcardVersion } from '../../domain/vcard/said-lines.js';
import { exportRecords } from './export-records.js';

export const run: Handler = async (cli, [words], options) => {
  const { root } = await cli.workspace();
  const version = (options.layout ?? '4.0') as VcardVersion;
  await exportRecords(cli, 'vcard', words as string[], options, ({ records, index }) => {
    const { parts, counts } = vcardParts(records(), { root, index }, version);
    return { parts, counts: () => ({ ...counts }) };
  });
};
