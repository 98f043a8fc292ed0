import { describe, expect, it } from 'vitest';
import { membersTold } from './told.js';

const config = {
  members: {
    boss: {},
    anna: { office: 'sales', reports_to: 'boss' },
    luca: { office: 'sales', reports_to: 'anna' },
    mia: { office: 'press', reports_to: 'gone' },
    head: { office: 'press' },
  },
  offices: { sales: {}, press: {}, empty: {} },
  channels: { fax: { owner: 'luca' }, web: { owner: 'gone' }, chat: {} },
};

describe('who is told', () => {
  it.each<[string, object, string[]]>([
    ['anna', {}, ['anna']],
    ['sales', {}, ['anna', 'luca']],
    ['empty', {}, []],
    ['owner', { owner: 'luca' }, ['luca']],
    ['reports_to', { owner: 'luca' }, ['anna']],
    ['reports_to', { owner: 'boss' }, ['boss']],
    // Who he reports to has left: it stays with him.
    ['reports_to', { owner: 'mia' }, ['mia']],
    // Nobody owns it.
    ['owner', { channel: 'fax' }, ['luca']],
    ['reports_to', { channel: 'fax' }, ['anna']],
    ['owner', { channel: 'web', office: 'press' }, ['head']],
    ['owner', { office: 'sales' }, ['boss']],
    ['owner', {}, ['boss']],
    // Its owner has left.
    ['owner', { owner: 'gone', office: 'press' }, ['head']],
    ['reports_to', { owner: 'toString' }, ['boss']],
    // A name that nobody knows stands for the owner.
    ['constructor', { owner: 'luca' }, ['luca']],
  ])('%s of %j: %j', (notify, kase, told) => expect(membersTold(notify, kase, config)).toEqual(told));

  it('is nobody where there is nobody', () => {
    expect(membersTold('owner', { owner: 'anna' }, {})).toEqual([]);
    const circle = { members: { a: { reports_to: 'b' }, b: { reports_to: 'a' } } };
    expect(membersTold('owner', {}, circle)).toEqual([]);
    expect(membersTold('reports_to', { owner: 'a' }, circle)).toEqual(['b']);
  });
});
