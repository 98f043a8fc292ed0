import { describe, expect, it } from 'vitest';
import { imapSecret } from './secret.js';

const commands = { password_command: 'echo from-command' };

describe('the secret of a mailbox', () => {
  it('comes from the variable of its own, then the one of all, then the command', async () => {
    const all = { ITACA_IMAP_PASSWORD: 'all', ITACA_IMAP_PASSWORD_INFO_IT: 'own', PATH: process.env.PATH };
    const { ITACA_IMAP_PASSWORD_INFO_IT, ...some } = all;
    const { ITACA_IMAP_PASSWORD, ...none } = some;
    const password = (value: string) => ({ kind: 'password', value });
    expect(await imapSecret('info-it', commands, true, all)).toEqual(password('own'));
    expect(await imapSecret('info-it', commands, true, some)).toEqual(password('all'));
    expect(await imapSecret('info-it', commands, true, none)).toEqual(password('from-command'));
    expect(await imapSecret('info-it', {}, true, none)).toBeUndefined();
  });

  it('is not the one of all where there are several servers', async () => {
    const environment = { ITACA_IMAP_PASSWORD: 'all', ITACA_IMAP_TOKEN: 'all' };
    expect(await imapSecret('info', {}, false, environment)).toBeUndefined();
  });

  it('is a token before it is a password', async () => {
    const environment = { ITACA_IMAP_PASSWORD: 'p', ITACA_IMAP_TOKEN: 't' };
    expect(await imapSecret('info', {}, true, environment)).toEqual({ kind: 'token', value: 't' });
    expect(await imapSecret('info', { token_command: 'echo t2' }, true, { PATH: process.env.PATH })).toEqual({
      kind: 'token',
      value: 't2',
    });
  });

  it('that a command does not give is told by the name of its setting', async () => {
    const failing = { password_command: 'false' };
    await expect(imapSecret('info', failing, true, { PATH: process.env.PATH })).rejects.toMatchObject({
      code: 'refused',
      message: 'inbox.sources.info.imap.password_command failed: false (1)',
      hint: 'run it by hand, or set ITACA_IMAP_PASSWORD_INFO',
    });
  });
});
