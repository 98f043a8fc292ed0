import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'promise',
  summary: 'what was promised, to whom, by when',
  verbs: [
    {
      name: 'add',
      summary: 'put a promise on file',
      args: [
        ['<who>', 'the person it was made to'],
        ['<what>', 'what was promised'],
      ],
      options: [
        { flags: '--due <when>', description: '2026-11-24, fri, tomorrow 15:00, 3d' },
        { flags: '--by <member>', description: 'who promised (default: you)' },
        { flags: '--case <case>', description: 'the case it belongs to' },
        { flags: '--minutes <n>', description: 'how long it will take' },
      ],
      examples: ['promise add mario@example.it "send the samples" --due fri'],
      load: () => import('./add.js'),
    },
    {
      name: 'list',
      summary: 'list promises: open, kept, broken, cancelled',
      description:
        'Broken is past due and neither kept nor cancelled. What proves it is the first thing that came from the same ' +
        'person after it was due: proof and proof_at.',
      args: [['[query...]', 'such as by:anna due.before:fri']],
      options: [
        {
          flags: '--state <state>',
          description: 'only these',
          choices: ['open', 'kept', 'broken', 'cancelled'],
        },
        { flags: '--all', description: 'the kept and the cancelled ones too' },
      ],
      examples: ['promise list', 'promise list --state broken --json', 'promise list by:me --all'],
      load: () => import('./list.js'),
    },
    {
      name: 'keep',
      summary: 'a promise was kept',
      args: [['<promise>', 'id or reference']],
      options: [{ flags: '--in <interaction>', description: 'the call, mail or visit that kept it' }],
      examples: ['promise keep k3f9w2q8ab'],
      load: () => import('./keep.js'),
    },
    {
      name: 'cancel',
      summary: 'a promise no longer holds',
      args: [['<promise>', 'id or reference']],
      options: [{ flags: '--why <reason>', description: 'why' }],
      examples: ['promise cancel k3f9w2q8ab --why "he found it himself"'],
      load: () => import('./cancel.js'),
    },
  ],
};

export default noun;
