import type { Handler } from '../../cli/spec.js';
import { setCommand } from '../shared/set-record.js';

export const run: Handler = (cli, [who, words]) =>
  setCommand(cli, 'contact', who as string, words as string[]);
