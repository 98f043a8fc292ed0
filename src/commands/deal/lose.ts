import type { Handler } from '../../cli/spec.js';
import { moveTo } from './move-to.js';

export const run: Handler = (cli, [which], options) => moveTo(cli, which as string, 'lost', options);
