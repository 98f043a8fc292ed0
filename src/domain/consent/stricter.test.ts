import { describe, expect, it } from 'vitest';
import type { Consent } from './consent.js';
import { standing } from './standing.js';
import { consentsOfAll, stricterWords } from './stricter.js';

const rules = {
  over: (when: string) => when < '2026-11-20',
  isPurpose: (purpose: string) => purpose === 'news',
};
const merge = { at: '2026-11-20T10:00:00Z', by: 'anna', source: 'merge of x' };
const word = (state: Consent['state'], at: string, more: Partial<Consent> = {}): Consent => ({
  purpose: 'news',
  state,
  at,
  ...more,
});

describe('two words about one consent', () => {
  it('are the stricter one, whoever said it last', () => {
    const yes = word('given', '2026-06-01');
    const no = word('withdrawn', '2026-01-01');
    for (const [own, other] of [
      [[yes], [no]],
      [[no], [yes]],
    ] as const) {
      const words = stricterWords(own, other, merge, rules);
      expect(words).toEqual([{ purpose: 'news', state: 'withdrawn', ...merge }]);
      expect(standing([...own, ...other, ...words], 'news', 'email', rules.over).state).toBe('withdrawn');
    }
  });

  it('need no new word where the no is the last one, or there is none', () => {
    expect(
      stricterWords([word('given', '2026-01-01')], [word('refused', '2026-06-01')], merge, rules),
    ).toEqual([]);
    expect(stricterWords([word('given', '2026-01-01')], [word('given', '2026-06-01')], merge, rules)).toEqual(
      [],
    );
    // Who took a no back himself has said yes.
    const own = [word('withdrawn', '2026-01-01'), word('given', '2026-06-01')];
    expect(stricterWords(own, [], merge, rules)).toEqual([]);
  });

  it('are told apart by channel, and a no to all is a no', () => {
    const email = word('given', '2026-06-01', { channel: 'email' });
    expect(stricterWords([email], [word('withdrawn', '2026-01-01')], merge, rules)).toMatchObject([
      { channel: 'email', state: 'withdrawn' },
    ]);
    const all = word('withdrawn', '2026-01-01', { purpose: 'all' });
    expect(stricterWords([word('given', '2026-06-01')], [all], merge, rules)).toMatchObject([
      { purpose: 'news', state: 'withdrawn' },
    ]);
  });

  it('give way to a consent of after the merge', () => {
    const all = [word('withdrawn', merge.at), word('given', '2026-11-21')];
    expect(standing(all, 'news', 'email', () => true).state).toBe('given');
  });
});

describe('consents of a merged record', () => {
  it('that came by another clone forbid from the merge on', () => {
    const own = [word('given', '2026-06-01')];
    const late = [{ consents: [...own, word('withdrawn', '2026-02-01')], at: merge.at }];
    expect(standing(consentsOfAll(own, late), 'news', 'email', () => true).state).toBe('withdrawn');
    const again = [...own, word('given', '2026-12-01')];
    expect(standing(consentsOfAll(again, late), 'news', 'email', () => true).state).toBe('given');
  });
});
