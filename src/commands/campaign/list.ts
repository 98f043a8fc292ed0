import { listCampaigns } from '../../actions/campaign/list-campaigns.js';
import type { Handler } from '../../cli/spec.js';
import type { StoredRecord } from '../../workspace/records.js';
import { idColumn, type Row, shortTime } from '../shared/columns.js';
import { asJson } from '../shared/list-records.js';

export const run: Handler = async (cli, [words]) => {
  const query = await cli.query(words as string[]);
  const campaigns = await listCampaigns(await cli.workspace(), query, (message) => cli.warn(message));
  await cli.warnOfProblems();
  await cli.output.list(
    campaigns.map(
      ({ campaign, office, channel, lastSent }): Row => ({
        ...asJson(campaign as unknown as StoredRecord),
        office,
        channel,
        last_sent: lastSent,
      }),
    ),
    [
      idColumn,
      { key: 'title', style: 'bold', flex: true },
      { key: 'state', style: 'yellow' },
      { key: 'office', show: (row) => String(row.office ?? '–') },
      { key: 'purpose' },
      { key: 'channel' },
      { key: 'send_at', title: 'planned for', show: (row) => shortTime(row.send_at) },
      { key: 'last_sent', title: 'last sent', style: 'cyan' },
    ],
    query === undefined ? 'there is no campaign' : 'no campaign matches',
  );
};
