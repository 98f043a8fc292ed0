import type { Handler } from '../../cli/spec.js';
import { exportCases } from './export-cases.js';

export const run: Handler = (cli, [words], options) =>
  exportCases('csv-log', cli, words as string[], options);
