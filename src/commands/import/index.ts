import type { NounSpec } from '../../cli/spec.js';

const noun: NounSpec = {
  name: 'import',
  summary: 'bring in contacts, cases of another helpdesk, what became of messages, and reviews, from files',
  verbs: [
    {
      name: 'csv',
      summary: 'bring in a list of people, firms, deals, activities or addresses that unsubscribed',
      description:
        'What export csv wrote is read back: its ids name the records on file, and its consents give none. What these write\n' +
        'is told by its header: Google, Outlook, Thunderbird, HubSpot, Salesforce, Mailchimp, Brevo, ActiveCampaign, Kit,\n' +
        'MailUp, listmonk, Keila, Mautic, LinkedIn, Pipedrive, Dynamics 365, Zoho, Act!; any other\n' +
        'header by the usual names in English, Italian and German, and by --map, which is kept in mappings/ for the next\n' +
        'list with this header. What export csv wrote of firms or of suppressions is read back.\n' +
        'A record on file is updated, never doubled: what is empty is filled, lists get what they lack, what differs is listed and left, unless --prefer says otherwise; a name stays. An opt-out counts at once; an\n' +
        'opt-in is a claim, and kept under custom like every column that no rule knows. A second import of the same file\n' +
        'changes nothing.',
      args: [['<list.csv>', 'the list; - reads standard input']],
      options: [
        { flags: '--source <name>', description: 'where these people were met (default: the file’s name)' },
        {
          flags: '--tag <tag>',
          description: 'given to everybody in the list; may be repeated',
          repeatable: true,
        },
        { flags: '--office <office>', description: 'which office owns the new records' },
        { flags: '--owner <member>', description: 'who looks after the new records' },
        {
          flags: '--map <field=column>',
          description:
            'which column (by name or number) says what: email, phone.work, street.home, identifiers.shop, custom.colour …, - to leave it out; may be repeated',
          repeatable: true,
        },
        { flags: '--save <name>', description: 'what the mapping is called (default: as the file)' },
        {
          flags: '--prefer <whom>',
          description: 'who is right where the list and a record differ (default: record)',
          choices: ['file', 'record', 'ask'],
        },
        {
          flags: '--consent <purpose>',
          description: 'they agreed to e-mails for it; not given to whoever said no before',
        },
        { flags: '--wording <file>', description: 'with --consent: the text that all of them were shown' },
        { flags: '--at <when>', description: 'with --consent: when they agreed (default: now)' },
      ],
      examples: [
        'import csv contacts.csv --dry-run',
        'import csv fair.csv --tag fiera-2026 --source "Fiera della Luce" --yes',
        'import csv shop.csv --map identifiers.shop=Konto --map "custom.size=Gr." --map -=Intern --save shop --yes',
        'import csv hubspot.csv --prefer file --yes',
        'import csv fair.csv --consent newsletter --wording newsletter.it.txt --at 2026-10-08 --yes',
      ],
      load: () => import('./csv.js'),
    },
    {
      name: 'vcard',
      summary: 'bring in address books: vCard 2.1, 3.0 and 4.0',
      description:
        'As phones, Apple, Google, Outlook, Thunderbird, Nextcloud and others write them. A person on file is updated,\n' +
        'never doubled: by the card’s UID, then by address and name. Groups become tags of their members, cards of firms\n' +
        'companies. What a record has no place for is kept under vcard: and given back by export vcard. A card that\n' +
        'cannot be read is refused by its line, and the others come in.',
      args: [['<files...>', 'the address books (.vcf); - reads standard input']],
      options: [
        { flags: '--source <name>', description: 'where these people were met (default: the file’s name)' },
        {
          flags: '--tag <tag>',
          description: 'given to everybody in the files; may be repeated',
          repeatable: true,
        },
        { flags: '--office <office>', description: 'which office owns the new contacts' },
        { flags: '--owner <member>', description: 'who looks after the new contacts' },
        { flags: '--photos', description: 'keep the pictures in the cards, under attachments/photos/' },
        {
          flags: '--prefer <whom>',
          description: 'who is right where a card and a record differ (default: record)',
          choices: ['file', 'record', 'ask'],
        },
      ],
      examples: [
        'import vcard contacts.vcf --dry-run',
        'import vcard phone.vcf outlook.vcf --tag rubrica --yes',
      ],
      load: () => import('./vcard.js'),
    },
    {
      name: 'orders',
      summary: 'reconcile with the orders of the shop',
      description:
        'The header is recognised in English, Italian and German. Rows with one number are one order; whose it is, an e-mail\n' +
        'address or a customer number says, and nobody is put on file for it. What a record lacks is filled; what it says\n' +
        'otherwise is listed (differs) and stays, as is what is on file of those days and not in the list (missing). A second\n' +
        'import of the same file changes nothing. Where all rows are refused, the exit code is 4.',
      args: [['<orders.csv>', 'the list; - reads standard input']],
      options: [
        {
          flags: '--prefer <which>',
          description: 'whose word stands where they differ (default: record)',
          choices: ['file', 'record'],
        },
        {
          flags: '--dates <order>',
          description: 'what 03/04/2026 begins with, where nothing tells',
          choices: ['day-first', 'month-first'],
        },
      ],
      examples: ['import orders shop.csv --dry-run', 'import orders shop.csv --yes --json'],
      load: () => import('./orders.js'),
    },
    {
      name: 'log',
      summary: 'bring in the history of another helpdesk: an event log becomes cases',
      description:
        'A log is a list of events (CSV), each with its case, activity and time, or XES (IEEE 1849); either may be packed\n' +
        '(.gz). The usual names of columns are recognised. One case becomes one record, each event an entry of its history.\n' +
        'A second import of the same log changes nothing; events that were added to it are added.',
      args: [['<log>', 'the log; - reads standard input']],
      options: [
        {
          flags: '--map <field=column>',
          description:
            'which column says what: case, activity, at, by, from, to, title, type, contact, channel, priority; may be repeated',
          repeatable: true,
        },
        {
          flags: '--state <activity=state>',
          description: 'an activity, or a word of the state column, that leads to a state; may be repeated',
          repeatable: true,
        },
        { flags: '--type <type>', description: 'the type of the cases (default: question)' },
        {
          flags: '--source <name>',
          description: 'the system that the log comes from (default: the file’s name)',
        },
        { flags: '--timezone <zone>', description: 'of times without one (default: the workspace’s)' },
        {
          flags: '--dates <order>',
          description: 'what 03/04/2026 begins with, where nothing tells',
          choices: ['day-first', 'month-first'],
        },
      ],
      examples: [
        'import log helpdesk.csv.gz --type helpdesk --dry-run',
        'import log tickets.csv --map "case=Ticket no" --map activity=Action --map at=When --state "Done=closed" --yes',
      ],
      load: () => import('./log.js'),
    },
    {
      name: 'events',
      summary: 'bring in what mail providers and the redirector tell of messages',
      description:
        'Webhooks saved as JSON or JSON Lines (SendGrid, Mailgun, Amazon SES with or without SNS, Brevo, Postmark), or ' +
        'the access log of the redirector of signed links (combined format), packed (.gz) or not: all are told by their ' +
        'shape. An event belongs to the message that its Message-ID, its envelope token, or its address with the ' +
        'campaign (id or reference, as a tag or a variable) name; nothing is guessed, and an event that tells of another ' +
        'address than the message went to, or of a time more than a day before it left, is refused. It goes into ' +
        'campaigns/<campaign>/events once: a second import adds nothing. events = added + known + unattributed + ' +
        'refused; where all are refused, the exit code is 4. A hard bounce or a complaint suppresses the address, an unsubscribe the messages of that purpose, at ' +
        'once and without a question; openings, clicks and soft bounces are only counted. A link in the log counts ' +
        'where it is signed: see itaca help tracking. An unsubscribe or a complaint of no message of ours, by an address ' +
        'that is on file, suppresses nothing by itself: it is told with the exit code 7, until itaca suppress add (of all ' +
        'mail, or later than the event) decides.',
      args: [['<files...>', 'what the provider sent; - reads standard input']],
      examples: [
        'import events sendgrid.jsonl --dry-run',
        'import events webhooks/*.json /var/log/nginx/go.log --json',
      ],
      load: () => import('./events.js'),
    },
    {
      name: 'mbox',
      summary: 'bring in an archive of mail as the history of the people on file',
      description:
        'What people on file wrote, and what was written to them, becomes interactions of that day, each tied to the one that\n' +
        'it answers. It is history: it opens no case, puts nobody on file, and a second import adds nothing; but who asked\n' +
        'for no more messages gets none. An mbox, a Maildir, a folder of messages or one .eml; what a member of itaca.yaml\n' +
        'wrote goes out, all else came in. The text is kept, the archive stays where it is. Messages of machines and of\n' +
        'strangers are counted as refused, and who wrote most of them is named. New mail comes in by: itaca inbox pull.',
      args: [['<files...>', 'archives; - reads standard input']],
      options: [
        { flags: '--sent', description: 'the firm wrote all of it, under whatever address' },
        { flags: '--files', description: 'keep the files that came with the messages' },
      ],
      examples: [
        'import mbox archive-2025.mbox --dry-run',
        'import mbox ~/Mail/customers Sent.mbox --files --yes',
      ],
      load: () => import('./mbox.js'),
    },
    {
      name: 'reviews',
      summary: 'bring in what people write about us in public, as messages that wait for an answer',
      description:
        'Answers of the Google Business Profile API or of Trustpilot, any other JSON or JSON Lines of objects, CSV with a\n' +
        'header (in English, Italian, German, French or Spanish), RSS or Atom; packed (.gz) or not: all are told by their\n' +
        'shape. Each review is an inbound message by web or social, with author, rating and url, of a contact where an\n' +
        'address or the number of an order says whose it is. Three stars of five or fewer, or words of complaint below\n' +
        'full marks, open a complaint where there is a process for it, whose clocks run from when it was written; older\n' +
        'than half a year it opens none. What the firm answered there comes in as its answer. A second import adds\n' +
        'nothing; a review that was changed is put on file again beside what it said (edits), in the same case.\n' +
        'reviews = created + updated + unchanged + refused; where all are refused, the exit code is 4.',
      args: [['<files...>', 'the reviews; - reads standard input']],
      options: [
        {
          flags: '--source <name>',
          description: 'where they stand, such as google (default: what they say, or the file’s name)',
        },
        {
          flags: '--dates <order>',
          description: 'what 03/04/2026 begins with, where nothing tells',
          choices: ['day-first', 'month-first'],
        },
      ],
      examples: [
        'import reviews google.json --dry-run',
        'import reviews feed.xml shop.csv --source trustpilot --yes',
      ],
      load: () => import('./reviews.js'),
    },
  ],
};

export default noun;
