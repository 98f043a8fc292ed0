import { existsSync } from 'node:fs';
import { dossierOf } from '../../actions/cases/dossier.js';
import { writeWhole } from '../../actions/clean-list/write-whole.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { dossierMarkdown } from '../../domain/cases/dossier.js';
import { ItacaError } from '../../domain/error.js';

export const run: Handler = async (cli, [which], options) => {
  const { out } = options as { out?: string };
  const dossier = await dossierOf(which as string, await cli.workspace());
  await cli.warnOfProblems();
  const text = printable(dossierMarkdown(dossier), true);
  if (out !== undefined) {
    if (existsSync(out)) throw new ItacaError('conflict', `${out} is there already`);
    if (!cli.dryRun) writeWhole(out, [Buffer.from(text)]);
    await cli.output.outcome(
      { ref: dossier.ref, out, entries: dossier.entries.length },
      `${cli.dryRun ? 'would write' : 'wrote'} ${dossier.entries.length} entries to ${out}`,
      out,
    );
  } else if (cli.output.json) await cli.output.thing(dossier);
  else await cli.output.page(text);
};
