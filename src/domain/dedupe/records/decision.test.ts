import { describe, expect, it } from 'vitest';
import { isId } from '../../records/ids.js';
import { asDecision, decisionFaults, decisionId, mergedApart, settled } from './decision.js';

const [a, b] = ['k3f9w2q8ab', '7xq2m4n8pd'] as const;
const at = '2026-11-20T11:00:00+01:00';
const pair = [`mario-rossi-${a}`, `m-rossi-${b}`];
const said = (by: string, same: boolean) => ({ same, at, by });

describe('a decision', () => {
  it('has one id, whoever is named first', () => {
    expect(decisionId(a, b)).toBe(decisionId(b, a));
    expect(isId(decisionId(a, b))).toBe(true);
    expect(decisionId(a, b)).not.toBe(decisionId(a, 'k3f9w2q8ac'));
  });

  it('is settled where all say the same, and open where they do not', () => {
    expect(settled([said('anna', false), said('bruno', false)])).toBe(false);
    expect(settled([said('anna', false), said('bruno', true)])).toBeUndefined();
  });

  it('that contradicts itself says who holds what', () => {
    expect(decisionFaults({ pair, verdicts: [said('anna', false)] })).toEqual([]);
    const [fault] = decisionFaults({ pair, verdicts: [said('anna', false), said('bruno', true)] });
    expect(fault?.message).toBe('verdicts: anna holds them to be two, bruno holds them to be one');
    expect(decisionFaults({ pair: [pair[0], pair[0]], verdicts: [said('anna', true)] })).toHaveLength(1);
  });

  it('that the schema refuses is left to the schema', () => {
    const broken = { pair, verdicts: [{ same: 'perhaps', at }] };
    expect(asDecision(broken)).toBeUndefined();
    expect([...decisionFaults(broken), ...mergedApart(broken)]).toEqual([]);
  });

  it('for two speaks against a merge, one for one does not', () => {
    expect(mergedApart({ pair, verdicts: [said('anna', false)] })).toHaveLength(1);
    expect(mergedApart({ pair, verdicts: [said('anna', true)] })).toEqual([]);
  });
});
