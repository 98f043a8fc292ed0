import { settingsPage } from './help-settings.js';

/** Pages of `itaca help <topic>`. */
export const pages: Record<string, string> = {
  queries: `Queries select records, in lists, segments and audiences alike.

  key:value            the key has this value; for a list, one of its items
  key:a,b              either value
  key.inner:value      a key inside a key, such as source.name:"Fiera della Luce 2026"
  +tag                 tagged so
  email: phone: identifier:   compared as addresses and numbers are, whatever the spelling
  company:acme-srl     a reference, by its id or by the words before it
  case.type:complaint  people who have a case of that kind; also case.corrective_action:<note>
  got:spring-news      people who got a campaign's message, or may have; by its reference, id or title
  owner:me by:me       my own
  kind:contact         records of a kind
  no:email             the key is missing
  not:…                the opposite of what follows
  due.before:fri       before the start of that day or moment
  opened.after:2026-10-01   from that day on
  value.above:1000     a number, or an amount of money, more than that; value.below:1000 less
  word "some words"    full text

Several conditions mean and; or between two means or; parentheses group.

  $ itaca contact list '+fiera-2026 (language:it or language:de) no:phone'
  $ itaca case list 'type:complaint owner:me opened.before:2026-11-01'
`,
  records: `A workspace is a folder with itaca.yaml, normally a git repository. A record is a Markdown file: keys in YAML
between two lines "---", then free notes.

  contacts/mario-rossi-k3f9w2q8ab.md

  ---
  name: Mario Rossi
  company: acme-srl-0d4jm8x2pz
  emails:
    - mario@example.it
  tags:
    - fiera-2026
  ---

  Wants the samples before Christmas.

The last ten characters of the file name are the record's id; it never changes. A reference to a record is its file
name without .md; only the id at its end counts, so a file may be renamed or moved within its folder. Keys that Itaca
does not know are kept; one that is a slip of the finger from a key it knows is an error of itaca check. Times are ISO 8601 with offset, dates YYYY-MM-DD.

  folder          kind         what
  contacts/       contact      people
  companies/      company      firms
  interactions/   interaction  calls, mails, visits … by year and month
  promises/       promise      what was promised, to whom, by when
  cases/          case         questions, complaints, orders, cancellations
  deals/          deal         sales under way
  agreements/     agreement    subscriptions, memberships, contracts
  orders/         order        orders, as far as the customer relation goes
  campaigns/      campaign     messages to many, each in a folder of its own
  suppressions/   suppression  who must not be written to
  decisions/      decision     records that look alike, and whether they are one

What a person agreed to stands in his record, under consents; the texts that people were shown in wordings/, named by
their hash, never edited (itaca consent --help).

A campaign is campaigns/<name>/campaign.md, with its text in body.md, or body.<language>.md, beside it:

  title, purpose    what the house calls it; a purpose of itaca.yaml
  audience          a query; exclude: [a query, …] takes people out of it
  channel           email, letter or phone
  subject           a text, or {it: …, en: …}
  holds             [agreement_cancelled, open_complaint, late_order]: who has such a thing open gets nothing; all of
                    them where it is missing, or {late_order: false}
  send_at           when it is planned for; campaign calendar shows it, campaign send sends it
  series            what it is an issue of, such as a monthly letter: it is compared with the issue before
  from, reply_to    where they are not those of itaca.yaml
  attachments       [price-list.pdf, …], files beside it
  office, state     whose it is; draft, approved, sending, paused, finished or cancelled

A text reads body.de.md for de and de-AT, and body.md for every language that has none of its own; where there is
neither, campaign check and send name the language and nothing leaves. body.md is taken to be in the language of the
house, the first of languages: in itaca.yaml. In a text {{ contact.birthday | date }} and
{{ contact.fee | money }} (amount and currency; else | money: "EUR") are written as the reader does: in the language of
the text, by the clock of who reads it; date: "short", "medium", "full" or a pattern such as "%d.%m." say how.

itaca.yaml holds the settings (itaca help settings); processes/<type>.yaml how cases go; calendars/<name>.yaml working hours, and
the iCalendar files beside them closures; mappings/<name>.yaml what the columns of a list hold. itaca check tells what is wrong, with path and line; itaca init --hooks lets git
ask it before each commit. VS Code with its YAML
extension checks itaca.yaml, processes, calendars and sequences as you type, by .vscode/settings.json; the front matter of records
is for itaca check alone, though templates/schemas/ of the program has a JSON Schema for each kind. .itaca/ is an index that can be thrown away at any time.
`,
  settings: settingsPage,
  processes: `processes/<type>.yaml says how cases of a type go; the keys are optional but for type.

  type, title       the file's own name; what people call it, also {en: …, it: …}
  office            the answering office; needed where there are deadlines
  states, moves     which of them it uses, and from: [to, …], among new, open, waiting_customer, waiting_internal, resolved, closed, rejected;
                    case merge needs no move
  categories        what a state means for the clocks: open, paused (waiting_customer by itself) or resolved
  required          state: [owner, cause, …]: fields that must be on record before a case may enter it
  evidence          state: [answer, written_answer, confirmation, written_confirmation]: what must have happened:
                    an answer that left, one in writing, the customer's word that it is solved, what told him in
                    writing that his agreement has ended
  close_after       P14D: so long without a word of the customer counts as his confirmation
  deadlines         [{clock, within, calendar, channel, priority}]; the line that fits a case most closely holds
                    first_response   from the opening to the first answer that left; nothing else stops it
                    next_response    from each later word of the customer to the answer
                    resolution       to the last time it was held for solved, without waiting for the customer
                    hand_over        from handing it over, or asking, to the first thing the other does
                    with a calendar, within counts its open hours; without one, the clock on the wall
  escalation        [{level, after, clock, signal, notify, priority}]: so long after a missed deadline, or at a signal:
                    repeated_contact (the third without an answer), reopened, broken_promise;
                    lawyer, press: a message speaks of them, or they are in copy; third_party: somebody in copy who is
                    neither of us nor of the customer's own people, or an association that is brought in;
                    capitals: a message all in capitals; the first such message counts, until the case is opened again
                    notify: owner, reports_to, a member, an office
                    priority: the case gets it where its own is lower, and with it the deadlines of that priority
  receipt           {subject, text} with {{ contact.name }}, {{ case.id }}, {{ case.title }}, {{ case.due | date }}; in the
                    customer's language, or that of his mail, else the first of itaca.yaml that it has
  playbook          {questions, steps}: asked by case open, ticked off by case show

calendars/<name>.yaml: timezone, week (mon: ["09:00-13:00", …]), holidays {country, region, ics}, exceptions
[{date, until, hours, why}], of which 12-07 recurs each year. itaca check proves them all.

  $ itaca case show k3f9w2q8ab      the clocks of a case
  $ itaca report sla                how well they were kept
  $ itaca run                       what is to be done when they were not; from cron
`,
  tracking: `Who follows a link is known only of people who agreed to it, by a consent to the purpose "tracking" in their record:

  consents:
    - {purpose: tracking, channel: email, basis: consent, state: given, at: 2026-11-01}

Everybody else gets the links as they were written. It is off unless itaca.yaml has

  mail:
    tracking:
      url: https://go.example.org/r     the redirector, on a web server of your own
      key_command: pass show links      or ITACA_LINK_KEY; never in the file (openssl rand -base64 32)
      pixel: false                      true: a picture that tells of openings, too

A link is then <url>?u=<target>&m=<token>&s=<signature>: s is the HMAC-SHA256 by the key of m, a line break and u (of m
alone for the picture, which has no u), its first 16 bytes in base64url. The redirector must verify it before it leads
anybody on: one that does not leads whoever likes to anywhere in your name. This one does, for Node; a web server before
it writes the log:

  import { createHmac, timingSafeEqual } from 'node:crypto';
  import { createServer } from 'node:http';
  createServer((request, response) => {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const [u, m, s] = ['u', 'm', 's'].map((name) => query.get(name) ?? '');
    const text = query.has('u') ? m + '\\n' + u : m;
    const mac = createHmac('sha256', process.env.ITACA_LINK_KEY).update(text).digest().subarray(0, 16);
    const [wanted, given] = [Buffer.from(mac.toString('base64url')), Buffer.from(s)];
    const signed = m && given.length === wanted.length && timingSafeEqual(given, wanted);
    if (signed && u) response.writeHead(302, { Location: u });
    else response.writeHead(signed ? 204 : 404);
    response.end();
  }).listen(Number(process.env.PORT));

  $ itaca campaign check "Spring news"           how many people agreed
  $ itaca import events /var/log/nginx/go.log    what was followed; verified again, line by line
  $ itaca campaign results "Spring news"         clicks of persons; scanners and robots apart
`,
  sequences: `sequences/<name>.yaml is a timed follow-up; itaca run takes each person a step on when its time has come.

  title, purpose    what people call it; a purpose of itaca.yaml, which the same rules guard as a campaign's
  office            whose it is
  enroll            a query: run enrols whoever meets it; without one people are enrolled by hand
  stop_on           [reply, case, deal, unsubscribe, cancellation]: what ends it for a person; all of them by itself
  holds             as of a campaign: agreement_cancelled, open_complaint, late_order; the step waits meanwhile
  calendar          in whose open hours the durations count; without one, the clock on the wall
  paused            true: nothing is done, and nobody enrolled by itself
  from, reply_to    where they are not those of itaca.yaml
  steps             [{id, after, channel, subject, body}], in their order:
    id              by which the journals know the step; leave it when you edit the step
    after           P2D, PT4H: so long after the step before was really done, or after the enrolment
    channel         email; phone and letter make a promise of the contact's owner, or of by, which itaca due lists:
                    within P1D or as said, and what follows waits until it is kept or cancelled
    purpose         where a step has another one: a yes to mails is none to calls
    subject, body   a text, or {it: …, en: …}; Markdown with {{ contact.name }}, {{ sender.name }}
    file            instead of body: a file in sequences/<name>/

Who is in it stands in sequences/<name>/<day>-<clone>.jsonl, what was sent in sequences/<name>/sends/. A step that is late
is done once. What a rule forbids for now waits; a refusal ends the sequence.

  $ itaca sequence check after-fair
  $ itaca sequence enroll after-fair mario@example.it
  $ itaca sequence list
`,
  'exit-codes': `  0    done, also for an empty list
  1    the check found something; or a report with --fail-if-any has rows
  2    usage, or an answer was needed and nobody could be asked
  3    not found, or ambiguous
  4    invalid record or input
  5    conflict, or the workspace is locked by another process
  6    refused: suppressed, not allowed by the process, something unreadable before a send
  7    partly done: some messages failed or are in doubt
  70   a bug in Itaca
  130  interrupted, or answered with no
`,
  environment: `  ITACA_DIR            the workspace, where --dir names none
  ITACA_ACTOR          the member who acts, where --as names none
  ITACA_NOW            a fixed clock, ISO 8601: for tests, and for replaying a missed cron run
  ITACA_SMTP_PASSWORD  the password of the mail server, where mail.smtp.password_command gives none
  ITACA_LINK_KEY       what signs links and verifies them, where mail.tracking.key_command gives none
  NODE_EXTRA_CA_CERTS  a file of certificates to trust besides the known ones: for a mail server of your own
  ITACA_DKIM_KEY       the private key that messages are signed with (PEM), instead of mail.dkim.key_file
  ITACA_FORCE_TTY      print tables as on a terminal, so many columns wide, into a pipe too
  XDG_STATE_HOME       where this machine remembers how far each send had come (default ~/.local/state)
  NO_COLOR FORCE_COLOR no colour, or colour in a pipe
  PAGER                what shows long text on a terminal (default less -FRX)
`,
};
