import type { NounSpec } from '../../cli/spec.js';
import { measures } from './measures.js';
import { watches } from './watches.js';

const noun: NounSpec = {
  name: 'report',
  summary: 'open cases and other reports',
  verbs: [...watches, ...measures],
};

export default noun;
