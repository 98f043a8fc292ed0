import { describe, expect, it } from 'vitest';
import type { DeliverResult } from './deliver.js';
import { partlyDone } from './partly-done.js';

const none = { sent: 0, unknown: 0, deferred: 0, rejected: 0, remaining: 0, problems: [] };
const hint = (counts: Partial<DeliverResult>) =>
  partlyDone({ ...none, ...counts } as unknown as DeliverResult)?.hint;

describe('what to do after a send that left somebody out', () => {
  it('is not to send again where all that is left was refused for good', () => {
    expect(hint({ sent: 3, rejected: 2 })).toContain('itaca campaign results names them');
    expect(hint({ sent: 3, rejected: 2 })).not.toContain('send again');
  });

  it('is to send again where somebody may still get it, and to resolve doubts first', () => {
    expect(hint({ rejected: 2, deferred: 1 })).toContain('send again');
    expect(hint({ remaining: 1 })).toContain('send again');
    expect(hint({ unknown: 1, remaining: 1 })).toContain('itaca campaign resolve');
    expect(hint({ sent: 3 })).toBeUndefined();
  });
});
