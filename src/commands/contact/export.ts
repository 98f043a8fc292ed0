import type { Handler } from '../../cli/spec.js';
export const run: Handler = async () => {};
