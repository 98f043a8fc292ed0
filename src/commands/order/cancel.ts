import { milestone } from './milestone.js';

export const run = milestone('cancelled_at');
