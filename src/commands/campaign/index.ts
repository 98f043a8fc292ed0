import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = { name: 'campaign', summary: 'write to many people, each once', verbs: [] };
export default noun;
