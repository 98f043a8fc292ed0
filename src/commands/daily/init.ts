import { userInfo } from 'node:os';
import { initWorkspace, shownPath } from '../../actions/init-workspace.js';
import type { Handler } from '../../cli/spec.js';
import { slug } from '../../domain/records/ids.js';

interface Options {
  example?: string;
  name?: string;
  timezone?: string;
  country?: string;
  language?: string;
  member?: string;
  git: boolean;
  hooks?: boolean;
}

export const run: Handler = async (cli, [dir], options) => {
  const {
    example,
    name,
    timezone,
    country,
    language,
    member,
    git: withGit,
    hooks,
  } = options as unknown as Options;
  const target = (dir as string | undefined) ?? cli.globals.dir ?? '.';
  const login = userInfo().username;
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const key = member ?? cli.globals.as ?? slug(login, 'me');
  const region = new Intl.Locale(locale).region;
  const outcome = await initWorkspace({
    dir: target,
    ...(example ? { example } : {}),
    ...(name ? { name } : {}),
    timeZone: timezone ?? timeZone,
    country: (country ?? region ?? 'US').toUpperCase(),
    language: language ?? new Intl.Locale(locale).language,
    member: key,
    git: withGit,
    hooks: hooks === true,
    commit: cli.globals.commit !== false,
    dryRun: cli.dryRun,
    warn: (message) => cli.warn(message),
  });
  const shown = shownPath(outcome.dir);
  const verb = cli.dryRun ? 'would make' : 'made';
  await cli.output.outcome(
    outcome,
    `${verb} the workspace ${shown}: ${outcome.files.length} files${outcome.commit ? ', one commit' : ''}\nnext: itaca -C ${shown} report cases`,
    outcome.dir,
  );
};
