import { milestone } from './milestone.js';

export const run = milestone('delivered_at');
