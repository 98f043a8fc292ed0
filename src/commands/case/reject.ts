import { mover } from '../shared/move-case.js';

export const run = mover('rejected', 'rejected');
