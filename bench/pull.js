// Pulling mail from a server through Itaca's source against a bare imapflow download. The messages are made up, from 1 to 20 KB.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { inTurn, itaca, row, run as runOnce, runTimed } from './measure.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const count = 10_000;
const sentence = 'The lamp that you sent me is broken, and nobody answers the telephone. ';

const mail = (id, body) =>
  `Message-ID: <${id}@example.com>\r\nFrom: Ann Example <ann${id}@example.com>\r\nTo: info@example.org\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\nSubject: Message ${id}\r\n\r\n${body}\r\n`;

/** What each side does, in a process of its own. */
const scripts = {
  bare: ({ port, user }) => `
    import { ImapFlow } from 'imapflow';
    const client = new ImapFlow({ host: '127.0.0.1', port: ${port}, secure: false, logger: false,
      auth: { user: '${user}', pass: 's3cret' } });
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    let bytes = 0, messages = 0;
    for await (const { source } of client.fetch('1:*', { uid: true, source: true })) {
      bytes += source.length;
      messages++;
    }
    await client.logout();
    console.log(messages, bytes);`,
  source: ({ port, user }, bundle) => `
    import { openConfigured } from '${pathToFileURL(bundle)}';
    const imap = { host: '127.0.0.1', port: ${port}, secure: false, user: '${user}' };
    const environment = { ITACA_IMAP_PASSWORD: 's3cret' };
    const tell = ({ message }) => { throw new Error(message); };
    const source = await openConfigured('info', { info: { imap } }, { root: '/', environment, tell });
    let bytes = 0, messages = 0;
    for await (const arrival of source.arrivals(() => false)) {
      bytes += (await arrival.read()).length;
      messages++;
    }
    await source.close();
    console.log(messages, bytes);`,
};

/** Pulls a mailbox by the whole command into a workspace of its own, and proves that all of it is on file. */
function pullWhole(folder, { port, user }) {
  const root = join(folder, 'pulled');
  const named = ['--name', 'Bench', '--country', 'IT', '--timezone', 'Europe/Rome', '--member', 'anna'];
  runOnce(process.execPath, [itaca, 'init', root, ...named]);
  const settings = join(root, 'itaca.yaml');
  const imap = `{host: 127.0.0.1, port: ${port}, secure: false, user: ${user}}`;
  writeFileSync(
    settings,
    readFileSync(settings, 'utf8').replace(
      'version: 1',
      `version: 1\ninbox: {sources: {info: {imap: ${imap}}}}`,
    ),
  );
  runOnce('git', ['-C', root, 'commit', '-qam', 'source']);
  const env = { ...process.env, ITACA_IMAP_PASSWORD: 's3cret' };
  const done = runTimed(process.execPath, [itaca, '-C', root, 'inbox', 'pull', '--json'], { env });
  rmSync(root, { recursive: true });
  return { ...done, received: JSON.parse(done.stdout).received };
}

/** The table's rows on pulling mail. */
export async function benchPull(folder) {
  // Inside the project, where the bare one finds its library.
  const place = mkdtempSync(join(root, 'node_modules', '.bench-pull-'));
  const outfiles = { server: join(place, 'server.mjs'), sources: join(place, 'sources.mjs') };
  const options = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    minify: true,
  };
  const banner = {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  };
  await build({
    ...options,
    banner,
    entryPoints: [join(root, 'src/e2e/dovecot-server.ts')],
    outfile: outfiles.server,
  });
  await build({
    ...options,
    banner,
    entryPoints: [join(root, 'src/mail/sources/open-source.ts')],
    outfile: outfiles.sources,
  });
  const { startDovecot } = await import(pathToFileURL(outfiles.server));
  const server = await startDovecot();
  const run = (script) => {
    const file = join(place, 'run.mjs');
    writeFileSync(file, script);
    return runTimed(process.execPath, [file]);
  };
  try {
    const many = server.account('many');
    for (let id = 1; id <= count; id++)
      many.deliver(`${1_700_000_000 + id}.m`, mail(id, sentence.repeat(1 + ((id * 7919) % 280))));
    const had = [];
    const side = (script) => () => {
      const { seconds, stdout } = run(script);
      had.push(stdout);
      return seconds;
    };
    const [bare, source, whole] = inTurn(5, [
      side(scripts.bare(many)),
      side(scripts.source(many, outfiles.sources)),
      () => {
        const { seconds, received } = pullWhole(folder, many);
        if (received !== count) throw new Error(`${received} of ${count} are on file`);
        return seconds;
      },
    ]);
    if (new Set(had).size !== 1) throw new Error(`they did not pull the same: ${[...new Set(had)]}`);
    row(
      `${count} messages from a server`,
      { value: 1.1, text: '1.1 x imapflow alone', unit: ' x' },
      source / bare,
      `${source.toFixed(2)} s, ${bare.toFixed(2)} s`,
    );
    row(
      `${count} messages from a server, on file`,
      { value: 2, text: '2 x imapflow alone', unit: ' x' },
      whole / bare,
      `${whole.toFixed(2)} s, ${bare.toFixed(2)} s`,
    );
    const large = server.account('large');
    large.deliver('1700000000.m', mail(0, `${'QUJD'.repeat(19)}\r\n`.repeat((50 * 1024 * 1024) / 78)));
    for (let id = 1; id <= 500; id++) large.deliver(`${1_700_000_000 + id}.m`, mail(id, 'x'.repeat(120_000)));
    const { megabytes, seconds } = run(scripts.source(large, outfiles.sources));
    row(
      'memory with a message of 50 MB among 500 of 120 KB',
      { value: 300, text: '300 MB', unit: ' MB' },
      megabytes,
      `${seconds.toFixed(2)} s`,
    );
    const filed = pullWhole(folder, large);
    row(
      'the same, on file',
      { value: 300, text: '300 MB', unit: ' MB' },
      filed.megabytes,
      `${filed.seconds.toFixed(2)} s`,
    );
  } finally {
    await server.stop();
    rmSync(place, { recursive: true });
  }
}
