import type { Handler } from '../../cli/spec.js';
import { mergeCommand } from '../shared/merge-records.js';

export const run: Handler = (cli, [survivor, other], options) =>
  mergeCommand(
    cli,
    'company',
    [survivor as string, other as string],
    (options as { take?: string[] }).take ?? [],
  );
