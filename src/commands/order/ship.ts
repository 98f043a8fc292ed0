import { milestone } from './milestone.js';

export const run = milestone('shipped_at');
