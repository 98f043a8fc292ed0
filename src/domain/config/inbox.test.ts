import { describe, expect, it } from 'vitest';
import { config } from './config.js';
import { configFaults } from './config-faults.js';

const judged = (sources: unknown) => {
  const data = {
    version: '1',
    id: 'w',
    members: { ann: {} },
    offices: { sales: {} },
    channels: { helpline: { owner: 'ann', hours: 'office', target: 'PT8H' } },
    inbox: { sources },
  };
  const result = config.safeParse(data);
  return result.success
    ? configFaults(result.data, new Set(['office'])).map(({ message, hint }) =>
        [message, hint ?? ''].join(' ').trim(),
      )
    : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

const imap = { host: 'imap.example.com', user: 'info' };

describe('the sources of the inbox', () => {
  it('are servers and paths', () => {
    const all = { ...imap, port: '143', secure: 'false', mailbox: ['INBOX', 'Spam'], after: 'move:Done' };
    expect(
      judged({
        info: { imap: { ...all, password_command: 'pass x' }, address: 'info@example.com', owner: 'ann' },
        more: {
          imap: { ...imap, token_command: 'token', mailbox: 'INBOX' },
          office: 'sales',
          channel: 'helpline',
        },
        post: { maildir: '/var/mail/post' },
        old: { mbox: 'old.mbox' },
        scans: { folder: '~/scans', channel: 'fax' },
      }),
    ).toEqual([]);
  });

  it.each([
    [
      { info: { imap: { ...imap, password: 'x' } } },
      'inbox.sources.info.imap.password: a password or token does not',
    ],
    [
      { info: { imap: { ...imap, token: 'x' } } },
      'inbox.sources.info.imap.password: a password or token does not',
    ],
    [{ info: { imap: { host: 'a' } } }, 'inbox.sources.info.imap.user: '],
    [{ info: { imap: { ...imap, port: '70000' } } }, 'inbox.sources.info.imap.port: expected a port'],
    [
      { info: { imap: { ...imap, after: 'delete' } } },
      'inbox.sources.info.imap.after: expected keep, seen, or move:',
    ],
    [{ info: { imap, mbox: 'a' } }, 'inbox.sources.info: expected one of imap, maildir, mbox, folder'],
    [{ info: {} }, 'inbox.sources.info: expected one of imap, maildir, mbox, folder'],
    [{ 'a/b': { mbox: 'a' } }, 'inbox.sources.a/b: '],
    [{ info: { mbox: 'a', owner: 'bob' } }, 'inbox.sources.info.owner: no member "bob"'],
    [{ info: { mbox: 'a', office: 'moon' } }, 'inbox.sources.info.office: no office "moon"'],
    [{ info: { mbox: 'a', address: 'info' } }, 'inbox.sources.info.address: "info" is no e-mail address'],
    [
      { info: { mbox: 'a', channel: 'smoke' } },
      'inbox.sources.info.channel: no channel "smoke"; there are phone,',
    ],
    [
      { info: { mbox: 'a', adress: 'a@b.it' } },
      'itaca.yaml has no key "inbox.sources.info.adress" did you mean address?',
    ],
    [
      { info: { imap: { ...imap, pasword_command: 'x' } } },
      'itaca.yaml has no key "inbox.sources.info.imap.pasword_command" did you mean password_command?',
    ],
    [
      { info: { imap: { ...imap, password_command: 'x', token_command: 'y' } } },
      'inbox.sources.info.imap.token_command: password_command and token_command',
    ],
    [
      { 'a-b': { imap }, a_b: { imap } },
      'inbox.sources.a_b: its password would be in the same variable as that of a-b',
    ],
  ])('%j is told', (sources, message) => {
    const found = judged(sources);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
