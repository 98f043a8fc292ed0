import { vcardParts } from '../../actions/export/export-vcard.js';
import { selectedRecords } from '../../actions/export/record-pages.js';
import type { Handler } from '../../cli/spec.js';
import type { VcardVersion } from '../../domain/vcard/said-lines.js';
import { handOut, refusePlace } from './hand-out.js';

interface Options {
  out?: string;
  layout?: VcardVersion;
}

export const run: Handler = async (cli, [words], options) => {
  const { out, layout = '4.0' } = options as Options;
  refusePlace(cli, out);
  const workspace = await cli.workspace();
  const index = await workspace.index();
  const records = selectedRecords(index, await cli.query(words as string[]));
  const { parts, counts } = vcardParts(records, { root: workspace.root, index }, layout);
  await handOut(cli, 'vcard', out, { parts, counts: () => ({ ...counts }) });
};
