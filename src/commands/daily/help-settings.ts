/** The page of `itaca help settings`. */
export const settingsPage = `itaca.yaml holds the settings of a workspace; only version and id must be there. Keys that Itaca does not know are kept;
one that is a slip of the finger from a key it knows is an error of itaca check, and no campaign leaves while it stands
under mail, limits, approval or purposes.

  version, id       of the folder's format, 1; of this workspace. Both are made by itaca init, and so is
  salt              what hashes of erased addresses rest on; never change id and salt
  name              the firm
  timezone          IANA name, such as Europe/Rome
  country           ISO 3166-1, of telephone numbers without +…
  languages         [it, en]: those you write in, the first by preference
  layout            flat; sharded where a kind has more than 5,000 records
  commit            auto: a git commit for each command that writes; manual: you commit
  members           key: {name, emails: […], office, role, reports_to}; git knows a member by his emails
  offices           key: {name, email}
  channels          key: {owner, hours, target}: a member, a calendar, how soon the first answer is due (PT8H)
  sources           group: {thing: system}, so that nothing is kept, or sent, by two systems; itaca status tells
  purposes          key: {basis}: consent (a person must have said yes), or contract, legal_obligation, vital_interest,
                    public_task, legitimate_interest (he must not have said no)
  limits            frequency: {messages: 2, within: P7D}: most messages to one person, over all offices
  approval          who must agree before a campaign is sent: none, four_eyes, other_office; or
                    {rule: four_eyes, purposes: [newsletter], above: 100}, for these and for more people than that
  deals             {stages: [lead, {name: proposal, probability: 0.5, idle: P14D, to: [negotiation, won]}], currency: EUR}:
                    the way of a deal, in order. probability weighs its value in report pipeline; who is not touched for
                    idle is due; to are the stages it may go to (all). won and lost go without saying. Default: lead
                    0.1, qualified 0.25, proposal 0.5, negotiation 0.75. currency is that of amounts without one
  mail
    transport       outbox (messages wait in outbox/), smtp, eml
    smtp            {host, port, secure, user, password_command, connections}: secure is TLS from the start, as on port
                    465; password_command prints the password, which is else ITACA_SMTP_PASSWORD; 5 connections
    from, reply_to  "Firm <news@example.com>"; a campaign or sequence may have its own
    postal_address  in each message to many; none leaves by SMTP without it
    bounce_address  where messages that cannot be delivered come back to
    complaint_address  where one complains
    unsubscribe     {mailto, url}: an address, or an https page; one of them is needed
    throttle        messages a minute; or {per_minute, connections, per_domain: {per_minute, connections},
                    domains: {gmail.com: {per_minute, connections}}}, where a name stands for that domain alone
    dkim            {domain, selector, key_file, key_command}: signs each message; or the key is ITACA_DKIM_KEY
    tracking        {url, key_command, pixel}: itaca help tracking
  inbox
    sources         name: where messages come from, one of
                      imap     {host, port, secure, user, mailbox: [INBOX], password_command, token_command, after}:
                               TLS unless port is 143, where STARTTLS is asked for; the password is else
                               ITACA_IMAP_PASSWORD, or ITACA_IMAP_PASSWORD_INFO for the source info, and an OAuth 2
                               token ITACA_IMAP_TOKEN; nothing is marked or moved unless after: seen, or move:Folder
                      maildir, mbox, folder: a path; a folder holds .eml files and scans
                    with address (your own that it serves), channel (email), owner and office; sent: true for a folder
                    of what you sent
    bounces         {soft: {count: 3, within: P30D}}: so many bounces that may pass close an address

  approval: four_eyes
  limits:
    frequency: {messages: 2, within: P7D}
  mail:
    transport: smtp
    smtp: {host: smtp.example.com, port: 587, user: news, password_command: pass show smtp}
    throttle: {per_minute: 600, domains: {gmail.com: {per_minute: 120}}}
  inbox:
    sources:
      info: {imap: {host: imap.example.com, user: info}, address: info@example.com, owner: anna}
      scans: {folder: ~/scans, channel: letter}

  $ itaca check itaca.yaml          what is wrong with it, with line
  $ itaca campaign check "Spring news"
`;
