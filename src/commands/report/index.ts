import type { NounSpec } from '../../cli/spec.js';
import { measures } from './measures.js';
import { sent } from './sent.js';
import { watches } from './watches.js';

const noun: NounSpec = {
  name: 'report',
  summary: 'open cases and other reports',
  verbs: [...watches, ...measures, ...sent],
};

export default noun;
