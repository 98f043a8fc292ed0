import { checkSequence } from '../../actions/sequence/look-through.js';
import type { Handler } from '../../cli/spec.js';
import { printFindings } from '../shared/findings.js';

export const run: Handler = async (cli, [name]) =>
  printFindings(cli, await checkSequence(await cli.workspace(), name as string));
