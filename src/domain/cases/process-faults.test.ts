import { expect, it } from 'vitest';
import { processSchema } from './process.js';
import { processFaults } from './process-faults.js';

const surroundings = {
  type: 'complaint',
  calendars: new Set(['office']),
  offices: new Set(['main']),
  members: new Set(['anna']),
  channels: new Set(['phone']),
  languages: ['en', 'it-IT'],
};

const at = (more: Record<string, unknown>) =>
  processFaults(processSchema.parse({ type: 'complaint', ...more }), surroundings).map((fault) =>
    fault.at.join('.'),
  );

it.each([
  [{}, []],
  [{ type: 'order' }, ['type']],
  [{ office: 'moon' }, ['office']],
  [{ office: 'main', deadlines: [{ clock: 'resolution', within: 'P2D' }] }, []],
  [{ deadlines: [{ clock: 'resolution', within: 'P2D' }] }, ['deadlines']],
  [
    {
      office: 'main',
      deadlines: [
        { clock: 'resolution', within: 'P2D', calendar: 'none' },
        { clock: 'resolution', within: 'P2D', channel: 'pigeon', priority: 'huge' },
        { clock: 'resolution', within: 'P2D', channel: 'phone' },
        { clock: 'resolution', within: 'P3D', channel: 'phone' },
      ],
    },
    ['deadlines.0.calendar', 'deadlines.1.channel', 'deadlines.1.priority', 'deadlines.3.clock'],
  ],
  [{ states: ['new', 'closed', 'merged'], moves: { new: ['closed'] } }, []],
  [{ states: ['new', 'closed'], moves: { new: ['closed', 'open'] } }, ['moves.new.1']],
  [{ states: ['new', 'open', 'closed'], moves: { new: ['closed'], open: ['closed'] } }, ['states.1']],
  [{ states: ['new', 'open', 'closed'], moves: { new: ['closed', 'open'] } }, ['states.1']],
  [
    { states: ['new', 'closed'], moves: { new: ['closed'] }, required: { open: ['owner'] } },
    ['required.open'],
  ],
  // Waits that lead only to one another.
  [
    {
      states: ['new', 'waiting_customer', 'waiting_internal', 'closed', 'merged'],
      moves: {
        new: ['closed', 'waiting_customer', 'merged'],
        waiting_customer: ['waiting_internal', 'merged'],
        waiting_internal: ['waiting_customer', 'merged'],
      },
    },
    ['states.1'],
  ],
  [
    {
      categories: { open: 'paused' },
      states: ['new', 'open', 'waiting_customer', 'closed'],
      moves: {
        new: ['closed', 'waiting_customer'],
        waiting_customer: ['open'],
        open: ['waiting_customer'],
      },
    },
    ['states.1'],
  ],
  [{ categories: { new: 'paused', open: 'paused', waiting_internal: 'paused' } }, ['categories']],
  [{ categories: { closed: 'open' } }, ['categories.closed']],
  [
    {
      states: ['new', 'closed'],
      moves: { new: ['closed'] },
      evidence: { resolved: ['answer'] },
      categories: { open: 'paused' },
    },
    ['evidence.resolved', 'categories.open'],
  ],
  [{ evidence: { new: ['answer'] } }, ['evidence.new']],
  [{ required: { closed: ['causes'] } }, ['required.closed.0']],
  [{ required: { closed: ['shelf'] } }, []],
  [{ playbok: {} }, ['playbok']],
  [{ x_own: {} }, []],
  [{ evidence: { closed: ['written_confirmation'] }, required: { open: ['agreement'] } }, []],
  [{ required: { closed: ['cause', 'merged_into'] } }, ['required.closed.1']],
  [{ close_after: 'P7D' }, ['close_after']],
  [{ close_after: 'P7D', evidence: { closed: ['confirmation'] } }, []],
  [
    {
      office: 'main',
      deadlines: [{ clock: 'resolution', within: 'P2D' }],
      escalation: [
        { level: '1', after: 'PT0S', notify: 'owner' },
        { level: '2', after: 'PT8H', notify: 'main' },
        { level: '2', signal: 'reopened', notify: 'anna' },
        { level: '3', after: 'P2D', notify: 'reports_to' },
      ],
    },
    [],
  ],
  [
    {
      office: 'main',
      deadlines: [{ clock: 'resolution', within: 'P2D' }],
      escalation: [
        { level: '2', after: 'PT8H' },
        { level: '1', after: 'PT9H' },
        { level: '2', after: 'P1D' },
        { level: '3', after: 'PT8H' },
        { level: '4', signal: 'reopened' },
        { level: '5', signal: 'reopened', notify: 'nobody' },
        { level: '6', after: 'PT0S', clock: 'hand_over' },
      ],
    },
    [
      'escalation.1.level',
      'escalation.2.level',
      'escalation.3.after',
      'escalation.5.signal',
      'escalation.5.notify',
      'escalation.6.clock',
    ],
  ],
  [{ escalation: [{ level: '1', after: 'PT0S' }] }, ['escalation.0.after']],
  [{ playbook: { steps: ['Ask.', { en: 'Ask.', it: 'Chiedere.' }] } }, []],
  [{ playbook: { steps: ['Ask.', { en: 'Ask.' }] } }, ['playbook.steps.1']],
  [
    { playbook: { languages: ['en'], steps: [{ en: 'Ask.' }], questions: [{ it: 'Come?' }] } },
    ['playbook.questions.0'],
  ],
])('judges %j', (more, expected) => {
  expect(at(more)).toEqual(expected);
});
