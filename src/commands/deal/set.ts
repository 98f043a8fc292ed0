import type { Handler } from '../../cli/spec.js';
import { setCommand } from '../shared/set-record.js';

export const run: Handler = (cli, [which, words]) =>
  setCommand(cli, 'deal', which as string, words as string[]);
