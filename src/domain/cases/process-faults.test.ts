import { expect, it } from 'vitest';
import { processSchema } from './process.js';
import { processFaults } from './process-faults.js';

const surroundings = {
  type: 'complaint',
  calendars: new Set(['office']),
  offices: new Set(['main']),
  members: new Set(['anna']),
};

const at = (more: Record<string, unknown>) =>
  processFaults(processSchema.parse({ type: 'complaint', ...more }), surroundings).map((fault) =>
    fault.at.join('.'),
  );

it.each([
  [{}, []],
  [{ type: 'order' }, ['type']],
  [{ office: 'moon' }, ['office']],
  [{ deadlines: [{ clock: 'resolution', within: 'P2D' }] }, []],
  [{ deadlines: [{ clock: 'resolution', within: 'P2D', calendar: 'none' }] }, ['deadlines.0.calendar']],
  [{ states: ['new', 'closed', 'merged'], moves: { new: ['closed'] } }, []],
  [{ states: ['new', 'closed'], moves: { new: ['closed', 'open'] } }, ['moves.new.1']],
  [{ states: ['new', 'open', 'closed'], moves: { new: ['closed'], open: ['closed'] } }, ['states.1']],
  [{ states: ['new', 'open', 'closed'], moves: { new: ['closed', 'open'] } }, ['states.1']],
  [
    { states: ['new', 'closed'], moves: { new: ['closed'] }, required: { open: ['owner'] } },
    ['required.open'],
  ],
  [
    {
      escalation: [
        { level: '1', notify: 'anna' },
        { level: '1', notify: 'nobody' },
      ],
    },
    ['escalation.1.level', 'escalation.1.notify'],
  ],
])('judges %j', (more, expected) => {
  expect(at(more)).toEqual(expected);
});
