import { describe, expect, it } from 'vitest';
import { dealSettingFaults, dealSettings } from './settings.js';
import { stageNames, stagesOf } from './stages.js';
import { allowedStages, planDealMove } from './transition.js';

const usual = stagesOf();
const move = (to: string, more = {}) => ({
  deal: 'd',
  to,
  at: '2026-11-20T10:00:00+01:00',
  by: 'anna',
  ...more,
});

describe('the stages of deals', () => {
  it('are the usual ones, each with its probability, where none are named', () => {
    expect(usual.map(({ name, probability }) => [name, probability])).toEqual([
      ['lead', 0.1],
      ['qualified', 0.25],
      ['proposal', 0.5],
      ['negotiation', 0.75],
    ]);
    expect(stageNames(usual).slice(-2)).toEqual(['won', 'lost']);
  });

  it('are those of the house, in which won and lost go without saying', () => {
    const settings = dealSettings.parse({
      stages: ['lead', { name: 'sample', probability: '0.4', idle: 'P14D', to: 'won' }, 'won', 'lost'],
    });
    const stages = stagesOf(settings);
    expect(stages).toEqual([
      { name: 'lead', probability: 0.1, idle: undefined, to: undefined },
      { name: 'sample', probability: 0.4, idle: 'P14D', to: ['won'] },
    ]);
    expect(stageNames(stages)).toEqual(['lead', 'sample', 'won', 'lost']);
    expect(allowedStages('sample', stages)).toEqual(['won', 'lost']);
    expect(allowedStages('constructor', stagesOf({ stages: ['constructor'] }))).toEqual(['won', 'lost']);
  });

  it('are refused where they are no probability, and told where they lead nowhere', () => {
    for (const stages of [
      [],
      [{ name: 'x', probability: 25 }],
      [{ probability: 0.5 }],
      [{ name: 'x', idle: '2w' }],
    ])
      expect(dealSettings.safeParse({ stages }).success).toBe(false);
    const faults = dealSettingFaults({ stages: ['lead', 'lead', { name: 'offer', to: ['lead', 'wonn'] }] });
    expect(faults.map(({ at }) => at)).toEqual([
      ['deals', 'stages', 1],
      ['deals', 'stages', 2],
    ]);
  });
});

describe('a deal', () => {
  it('moves along, and its history says so', () => {
    expect(planDealMove({ title: 'x', stage: 'lead' }, move('proposal', { why: 'asked' }), usual)).toEqual({
      set: { stage: 'proposal' },
      append: {
        history: [
          { at: '2026-11-20T10:00:00+01:00', by: 'anna', from: 'lead', to: 'proposal', why: 'asked' },
        ],
      },
    });
  });

  it('that was lost goes on where somebody says why, and is lost no more', () => {
    const lost = { title: 'x', stage: 'lost', lost_reason: 'price' };
    expect(() => planDealMove(lost, move('lead'), usual)).toThrow(/say why/);
    expect(() => planDealMove(lost, move('won', { why: 'x' }), usual)).toThrow(/cannot become won/);
    expect(planDealMove(lost, move('lead', { why: 'x' }), usual).set).toEqual({
      lost_reason: '',
      stage: 'lead',
    });
  });

  it('goes to no stage that there is not, nor where its own does not lead', () => {
    const stages = stagesOf({ stages: [{ name: 'lead', to: ['offer'] }, 'offer'] });
    const lead = { title: 'x', stage: 'lead' };
    expect(() => planDealMove(lead, move('drawer'), stages)).toThrow(/no stage/);
    expect(() => planDealMove(lead, move('won'), stages)).toThrow(/go to offer, lost/);
    expect(() => planDealMove(lead, move('lead'), stages)).toThrow(/already/);
    // One whose stage was taken out of the settings is not stuck.
    expect(planDealMove({ title: 'x', stage: 'gone' }, move('offer'), stages).set).toEqual({
      stage: 'offer',
    });
  });
});
