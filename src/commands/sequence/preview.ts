import { previewStep } from '../../actions/sequence/look-through.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';

export const run: Handler = async (cli, [name, step, who]) => {
  const workspace = await cli.workspace();
  const preview = await previewStep(workspace, name as string, step as string, who as string);
  const { to, subject, text } = preview;
  await cli.output.thing(preview, printable(`To: ${to}\nSubject: ${subject}\n\n${text}`, true));
};
