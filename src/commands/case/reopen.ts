import { mover } from '../shared/move-case.js';

export const run = mover('open', 'open again');
