import type { NounSpec } from '../../cli/spec.js';
import { afterwards, which } from './after.js';

const noun: NounSpec = {
  name: 'campaign',
  summary: 'write to many people, each once',
  verbs: [
    {
      name: 'new',
      summary: 'draft a campaign',
      args: [['<title>', 'how it is called in the house']],
      options: [
        { flags: '--purpose <purpose>', description: 'what it is for: a purpose of itaca.yaml' },
        { flags: '--audience <query>', description: 'who it is for, as a query; kind:contact is everybody' },
        { flags: '--exclude <query>', description: 'who it is not for; may be repeated', repeatable: true },
        { flags: '--subject <text>', description: 'subject, with merge tags' },
        { flags: '--body <markdown>', description: 'text, with merge tags; becomes body.md' },
        {
          flags: '--channel <channel>',
          description: 'how it goes out',
          choices: ['email', 'letter', 'phone'],
          default: 'email',
        },
        { flags: '--series <name>', description: 'what it is an issue of, such as a monthly letter' },
        { flags: '--office <office>', description: 'whose it is (default: yours)' },
        { flags: '--from <address>', description: 'sender (default: mail.from)' },
        { flags: '--reply-to <address>', description: 'where answers go (default: mail.reply_to)' },
      ],
      examples: [
        'campaign new "Spring news" --purpose newsletter --audience "+fiera-2026 language:it" --subject "Hello" --body "Hello {{ contact.name }}"',
      ],
      load: () => import('./new.js'),
    },
    {
      name: 'list',
      summary: 'list the campaigns, the latest first',
      description:
        'What is still to be sent and names no day comes first; then by the day on which the last message left, or by\n' +
        'send_at where none did.',
      args: [['[query...]', 'such as state:draft office:sales; see itaca help queries']],
      examples: ['campaign list', 'campaign list state:draft,approved office:sales', 'campaign list --csv'],
      load: () => import('./list.js'),
    },
    {
      name: 'audience',
      summary: 'count who would get it and who would not, by reason',
      description:
        'Below it, what differs from the issue before: the last finished campaign of its `series`, or where it names\n' +
        'none, of the same office and purpose. Who is new, and who got that one and does not get this one, and why.',
      args: [which],
      examples: ['campaign audience "Spring news"', 'campaign audience k3f9w2q8ab --json'],
      load: () => import('./audience.js'),
    },
    {
      name: 'preview',
      summary: 'list everybody, with the reason of each who is left out; or one message',
      args: [which],
      options: [
        { flags: '--to <who>', description: 'show the message this person would get' },
        { flags: '--html <file>', description: 'with --to: write the HTML there, for a browser' },
      ],
      examples: [
        'campaign preview "Spring news"',
        'campaign preview "Spring news" --to chiara.fontana@vetrerialido.example --html spring.html',
      ],
      load: () => import('./preview.js'),
    },
    {
      name: 'check',
      summary: 'look it through before it is sent',
      description:
        'Sender, postal address, ways out and to complain, every language, each link,\n' +
        'attachment and picture, the size, and the merge tags of each person. An error is\n' +
        'what a send refuses, a warning what would mislead. Exits 1 for either.',
      args: [which],
      examples: ['campaign check "Spring news"', 'campaign check k3f9w2q8ab --json'],
      load: () => import('./check.js'),
    },
    {
      name: 'test',
      summary: 'send one person’s message to yourself, to look at it',
      description:
        'It goes the way all messages go, with [test] in the subject, and counts as none\n' +
        'of the campaign’s: nothing is put on record. To an address that is no member’s\n' +
        'only with --yes.',
      args: [which],
      options: [
        { flags: '--to <reader>', description: 'me, a member, or an address', default: 'me' },
        { flags: '--as-for <contact>', description: 'whose message (default: the first in the audience)' },
      ],
      examples: [
        'campaign test "Spring news" --to me',
        'campaign test "Spring news" --to anna --as-for chiara.fontana@vetrerialido.example',
      ],
      load: () => import('./test.js'),
    },
    {
      name: 'approve',
      summary: 'agree to it as it stands, where itaca.yaml asks for four eyes',
      description:
        'An approval signs the content with its files, the audience, excludes, holds, channel, purpose and sender by\n' +
        'their hash, and the rules of itaca.yaml; any change voids it. It counts where another member than those who\n' +
        'asked for the campaign or wrote it commits it under a git identity of his own, an address of\n' +
        'members.<name>.emails: --as makes no second pair of eyes. The rule is `approval:` of itaca.yaml: four_eyes;\n' +
        'other_office, for a member of another office than the campaign’s; or a map such as\n' +
        '{rule: four_eyes, purposes: [newsletter], above: 100}, for these purposes and more than 100 people.\n' +
        'Git takes an identity on trust: sign commits where that is not enough.\n' +
        'All that is signed is shown: each text whole. Only members approve; what somebody else left under his login name,\n' +
        'any member takes back with --revoke.',
      args: [which],
      options: [{ flags: '--revoke', description: 'take your own approval back' }],
      examples: ['campaign approve "Spring news"', 'campaign approve "Spring news" --revoke'],
      load: () => import('./approve.js'),
    },
    {
      name: 'send',
      summary: 'send it: to each person once, to nobody who must not get it',
      description:
        'Suppressions, consents, cancelled agreements, open complaints and late orders are read again as each message\n' +
        'leaves. A second send goes on where the first one ended. By SMTP, in a team with a remote, only one clone sends\n' +
        'at a time. Exits 7 where somebody did not get it.\n' +
        'Letters go into a CSV for a mail merge (letters/<campaign>/), calls into a list of calls (call-lists/<campaign>/),\n' +
        'which git overlooks: whoever is in it counts as sent, and a second file holds only the others.',
      args: [which],
      options: [
        { flags: '--confirm <title>', description: 'the campaign’s title; answers every question' },
        { flags: '--output <file>', description: 'where the CSV of letters or calls goes' },
        { flags: '--take-over', description: 'take the right to send from a clone that is gone for good' },
        { flags: '--offline', description: 'send although the team’s remote cannot be reached' },
      ],
      examples: [
        'campaign send "Spring news"',
        'campaign send k3f9w2q8ab --confirm "Spring news" --json',
        'campaign send "Christmas letter" --output letters.csv',
      ],
      load: () => import('./send.js'),
    },
    {
      name: 'status',
      summary: 'where a send stands',
      args: [which],
      examples: ['campaign status "Spring news" --json'],
      load: () => import('./status.js'),
    },
    ...afterwards,
  ],
};

export default noun;
