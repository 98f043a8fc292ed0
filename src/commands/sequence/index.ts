import type { NounSpec } from '../../cli/spec.js';

const name: [string, string] = ['<sequence>', 'its name, that of sequences/<name>.yaml'];

const noun: NounSpec = {
  name: 'sequence',
  summary: 'timed follow-up: mails, calls and letters, one after the other',
  verbs: [
    {
      name: 'enroll',
      summary: 'take people into a sequence',
      description:
        'From then on `itaca run` does each step when its time has come. Who is in it already stays\n' +
        'where he is; who is named and had been stopped goes on where it stopped.',
      args: [name, ['[who...]', 'people: e-mail, phone, name, id']],
      options: [
        { flags: '--query <query>', description: 'everybody a query finds' },
        { flags: '--why <reason>', description: 'why' },
      ],
      examples: [
        'sequence enroll after-fair chiara.fontana@vetrerialido.example',
        'sequence enroll after-fair --query "+fiera-2026 language:it" --yes',
      ],
      load: () => import('./enroll.js'),
    },
    {
      name: 'stop',
      summary: 'end a sequence for people',
      description:
        'A reply, a case, a deal, an unsubscribe and a cancellation end it of themselves, unless\n' +
        'stop_on in its file says otherwise.',
      args: [name, ['<who...>', 'people: e-mail, phone, name, id']],
      options: [{ flags: '--why <reason>', description: 'why' }],
      examples: ['sequence stop after-fair chiara.fontana@vetrerialido.example --why "met her in Murano"'],
      load: () => import('./stop.js'),
    },
    {
      name: 'list',
      summary: 'list who is in a sequence, with the next step and when it comes',
      args: [['[sequence]', 'its name (default: all of them)']],
      options: [{ flags: '--all', description: 'also those for whom it stopped, or who are through' }],
      examples: ['sequence list', 'sequence list after-fair --all --json'],
      load: () => import('./list.js'),
    },
    {
      name: 'check',
      summary: 'look it through before its steps are taken',
      description:
        'The sender, the ways out, and the words of each step to each person who is in it or, where\n' +
        'nobody is, whom its query finds. Exits 1 where something is wrong.',
      args: [name],
      examples: ['sequence check after-fair'],
      load: () => import('./check.js'),
    },
    {
      name: 'preview',
      summary: 'show what a step says to a person',
      args: [name, ['<step>', 'its id'], ['<who>', 'a person: e-mail, phone, name, id']],
      examples: ['sequence preview after-fair thanks eleanor@harbourandpine.example'],
      load: () => import('./preview.js'),
    },
    {
      name: 'show',
      summary: 'show the steps of a sequence, and how many people are at each',
      args: [name],
      examples: ['sequence show after-fair', 'sequence show after-fair --json'],
      load: () => import('./show.js'),
    },
  ],
};

export default noun;
