import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Certificate } from './tls.js';

/** Dovecot; undefined where it is not installed. */
export const dovecot = (() => {
  try {
    return execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v dovecot']).toString().trim();
  } catch {
    return undefined;
  }
})();

export interface Dovecot {
  port: number;
  /** The mail of a user, a new one for each name. */
  account(user: string): Account;
  /** What it wrote into its log. */
  log(): string;
  stop(): Promise<void>;
}

export interface Account {
  port: number;
  user: string;
  /** The folder of the user's Maildir. */
  maildir: string;
  /** Puts a message into a mailbox, as a delivery would. @param name the unique name of its file */
  deliver(name: string, text: string | Buffer, mailbox?: string): void;
}

/** Who the server runs as: nobody in particular, also where this is root. */
const [uid, gid, userName] = process.getuid?.() === 0 ? [65534, 65534, 'nobody'] : me();

function me(): [number, number, string] {
  const { uid, gid, username } = userInfo();
  return [uid, gid, username];
}

export interface DovecotOptions {
  certificate?: Certificate;
  /** Port of this machine, where it asks by HTTP whose a token is. */
  tokens?: number;
}

/**
 * Starts Dovecot on a free port of this machine alone, as nobody, with its mail in Maildirs. Any user comes in with the
 * password `s3cret`, or with a token where they are told.
 * @throws where it does not start
 */
export async function startDovecot({ certificate, tokens }: DovecotOptions = {}): Promise<Dovecot> {
  const place = mkdtempSync(join(tmpdir(), 'dovecot-'));
  const own = (path: string) => {
    mkdirSync(path, { recursive: true });
    chownSync(path, uid, gid);
  };
  chownSync(place, uid, gid);
  for (const path of ['run', 'state', 'mail']) own(join(place, path));
  const port = await freePort();
  if (certificate)
    for (const [name, content] of Object.entries({
      'key.pem': certificate.key,
      'cert.pem': certificate.cert,
    })) {
      writeFileSync(join(place, name), content);
      chownSync(join(place, name), uid, gid);
    }
  if (tokens !== undefined) {
    const lines = [`tokeninfo_url = http://127.0.0.1:${tokens}/?token=`, 'username_attribute = email', ''];
    writeFileSync(join(place, 'oauth2.conf'), lines.join('\n'));
  }
  const tls = certificate
    ? `ssl = yes\nssl_cert = <${place}/cert.pem\nssl_key = <${place}/key.pem`
    : 'ssl = no';
  writeFileSync(
    join(place, 'dovecot.conf'),
    `base_dir = ${place}/run
state_dir = ${place}/state
log_path = ${place}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${userName}
default_internal_group = ${groupName()}
default_login_user = ${userName}
first_valid_uid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
mail_max_userip_connections = 100
mail_location = maildir:${place}/mail/%u
${tls}
passdb {
  driver = static
  args = password=s3cret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${place}/mail/%u
}
service anvil {
  chroot =
  # No waits after wrong passwords.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${tokens === undefined ? '' : tokenConfiguration(place)}
`,
  );
  const command = [dovecot as string, '-F', '-c', join(place, 'dovecot.conf')];
  const asNobody = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const [file = '', ...args] = process.getuid?.() === 0 ? [...asNobody, ...command] : command;
  const child = spawn(file, args, { cwd: place, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (piece) => {
    said += piece;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(place, { recursive: true, force: true });
  };
  const log = () => {
    try {
      return said + readFileSync(join(place, 'log'), 'utf8');
    } catch {
      return said;
    }
  };
  while (!(await greets(port))) {
    if (child.exitCode !== null) throw new Error(`dovecot did not start: ${log()}`);
    await wait(20);
  }
  return {
    port,
    account(user) {
      const maildir = join(place, 'mail', user);
      const folders = new Set<string>();
      return {
        port,
        user,
        maildir,
        deliver(name, text, mailbox = '') {
          const folder = join(maildir, mailbox);
          if (!folders.has(mailbox))
            for (const one of [
              maildir,
              folder,
              join(folder, 'cur'),
              join(folder, 'new'),
              join(folder, 'tmp'),
            ])
              own(one);
          folders.add(mailbox);
          const path = join(folder, 'new', name);
          writeFileSync(path, text);
          chownSync(path, uid, gid);
        },
      };
    },
    log,
    stop,
  };
}

/** Logins by token (OAuth 2). */
function tokenConfiguration(place: string): string {
  return `auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${place}/oauth2.conf
}`;
}

function groupName(): string {
  return execFileSync('id', ['-gn', userName]).toString().trim();
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Whether a server greets who connects to a port of this machine. */
export function greets(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('data', () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
  });
}
