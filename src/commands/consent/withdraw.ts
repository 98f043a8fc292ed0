import type { ConsentInput } from '../../actions/consent/say-consent.js';
import type { Handler } from '../../cli/spec.js';
import { say } from './say.js';

export const run: Handler = (cli, [who], options) =>
  say(cli, 'withdrawn', { ...(options as Omit<ConsentInput, 'who'>), who: who as string });
