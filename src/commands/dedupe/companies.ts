import type { Handler } from '../../cli/spec.js';
import { findDoubles } from './find-doubles.js';

export const run: Handler = (cli, _, options) => findDoubles(cli, 'company', options);
