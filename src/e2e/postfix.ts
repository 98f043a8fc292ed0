import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { freePort, greets } from './dovecot-server.js';

/** Postfix; undefined where it is not installed, or this is not root, as whom alone it runs. */
export const postfix = (() => {
  try {
    if (process.getuid?.() !== 0) return undefined;
    const found = execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v postfix && id -u postfix']);
    return found.toString().split('\n')[0];
  } catch {
    return undefined;
  }
})();

const cleanups: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

export interface Postfix {
  port: number;
  /** The Maildir of a mailbox. */
  maildir(mailbox: string): string;
  /** Waits until as many messages are in a mailbox. @returns their texts */
  delivered(mailbox: string, count: number): Promise<string[]>;
  /** What it wrote into its log. */
  log(): string;
}

export interface PostfixOptions {
  /** The domain that is delivered here. */
  domain: string;
  /** Its mailboxes, by local part; what stands behind a `+` makes no difference. */
  mailboxes: readonly string[];
  /** The ports that mail to other domains goes to. */
  routes: Readonly<Record<string, number>>;
}

/**
 * Runs a Postfix of its own until the tests of the file are done: on a free port of this machine alone, with all its
 * files in a temporary folder; the machine's own is left alone. It tries again, and tells of delays, within seconds.
 */
export async function runPostfix({ domain, mailboxes, routes }: PostfixOptions): Promise<Postfix> {
  const place = mkdtempSync(join(tmpdir(), 'postfix-'));
  chmodSync(place, 0o755);
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postfix']))) as [
    number,
    number,
  ];
  for (const name of ['etc', 'queue', 'data', 'mail']) mkdirSync(join(place, name));
  for (const name of ['data', 'mail']) chownSync(join(place, name), uid, gid);
  const port = await freePort();
  const map = (entries: readonly (readonly [string, string])[]) =>
    `inline:{${entries.map(([key, value]) => ` {${key} = ${value}}`).join(',')} }`;
  writeFileSync(
    join(place, 'etc', 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${place}/queue
data_directory = ${place}/data
maillog_file = ${place}/log
maillog_file_prefixes = ${place}
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.${domain}
mydestination =
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${place}/mail
virtual_mailbox_maps = ${map(mailboxes.map((one) => [`${one}@${domain}`, `${one}/`] as const))}
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
transport_maps = ${map(Object.entries(routes).map(([to, at]) => [to, `smtp:[127.0.0.1]:${at}`] as const))}
smtp_dns_support_level = disabled
smtp_tls_security_level = none
smtpd_tls_security_level = none
delay_warning_time = 1s
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
`,
  );
  const services = ['cleanup', 'proxymap', 'error', 'discard', 'virtual', 'anvil', 'scache', 'smtp'];
  const named = {
    rewrite: 'trivial-rewrite',
    bounce: 'bounce',
    defer: 'bounce',
    trace: 'bounce',
    retry: 'error',
  };
  const unix = [...services.map((one) => [one, one]), ...Object.entries(named)];
  writeFileSync(
    join(place, 'etc', 'master.cf'),
    [
      `127.0.0.1:${port} inet n - n - - smtpd`,
      'qmgr unix n - n 1 1 qmgr',
      'postlog unix-dgram n - n - 1 postlogd',
      ...unix.map(
        ([name, program]) =>
          `${name} unix ${name === 'cleanup' ? 'n' : '-'} ${name === 'virtual' ? 'n n' : '- n'} - 0 ${program}`,
      ),
      '',
    ].join('\n'),
  );
  const config = ['-c', join(place, 'etc')];
  // Makes the folders of the queue.
  execFileSync(postfix as string, [...config, 'check'], { stdio: 'ignore' });
  const programs = execFileSync('postconf', [...config, '-h', 'daemon_directory'])
    .toString()
    .trim();
  // A group of its own: with its end it ends all that are in its group.
  const child = spawn(join(programs, 'master'), [...config, '-d'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += piece;
    });
  cleanups.push(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  });
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const log = () => said + read(join(place, 'log'));
  while (!(await greets(port))) {
    expect(child.exitCode, log()).toBeNull();
    await wait(20);
  }
  const maildir = (mailbox: string) => join(place, 'mail', mailbox);
  const texts = (mailbox: string) => {
    const folder = join(maildir(mailbox), 'new');
    try {
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    } catch {
      return [];
    }
  };
  return {
    port,
    maildir,
    log,
    async delivered(mailbox, count) {
      for (;;) {
        const found = texts(mailbox);
        if (found.length >= count) return found;
        expect(child.exitCode, log()).toBeNull();
        await wait(20);
      }
    },
  };
}
