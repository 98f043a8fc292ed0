import { describe, expect, it } from 'vitest';
import { parseStates, stateOfWord } from './states.js';

describe('a word of another system', () => {
  it.each([
    ['Closed', 'closed'],
    ['Close ticket', 'closed'],
    ['chiuso', 'closed'],
    ['Resolve ticket', 'resolved'],
    ['RESOLVED', 'resolved'],
    ['Resolve the issue', 'resolved'],
    ['Take in charge ticket', 'open'],
    ['Reopened', 'open'],
    ['Wait', 'waiting_customer'],
    ['Wait - User', 'waiting_customer'],
    ['Pending customer', 'waiting_customer'],
    ['Wait - Implementation', 'waiting_internal'],
    ['Wait - Vendor', 'waiting_internal'],
    ['On hold', 'waiting_internal'],
    ['reject request', 'rejected'],
    ['register request', 'new'],
    ['Resolve SW anomaly', undefined],
    ['Assign seriousness', undefined],
    ['pay compensation', undefined],
    ['', undefined],
  ])('%s means %s', (word, state) => {
    expect(stateOfWord(word)).toBe(state);
  });

  it('may be given a state of ours, except merged, which needs another case', () => {
    expect([...parseStates(['Erledigt=closed', 'a=b=open'])]).toEqual([
      ['erledigt', 'closed'],
      ['a b', 'open'],
    ]);
    for (const wrong of ['Closed', 'Closed=shut', '=closed', 'Joined=merged'])
      expect(() => parseStates([wrong])).toThrow('expected <activity>=<state>');
  });
});
