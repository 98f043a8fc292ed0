import { houseCalendar } from '../../actions/export/calendar.js';
import type { Handler } from '../../cli/spec.js';
import { handOut, refusePlace } from './hand-out.js';

export const run: Handler = async (cli, _args, { out }) => {
  refusePlace(cli, out as string | undefined);
  const { text, counts } = await houseCalendar(await cli.workspace());
  await handOut(cli, 'ics', out as string | undefined, { parts: [text], counts: () => counts });
};
