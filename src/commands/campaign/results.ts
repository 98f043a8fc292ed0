import { type CampaignResults, campaignResults } from '../../actions/campaign/campaign-results.js';
import { shareBar } from '../../cli/chart.js';
import { printable } from '../../cli/io.js';
import type { Handler } from '../../cli/spec.js';
import { reactions } from '../../domain/campaigns/results.js';
import { type Row, shortTime } from '../shared/columns.js';
import { reasonLines } from '../shared/send-lines.js';

export const run: Handler = async (cli, [which], options) => {
  const results = await campaignResults(await cli.workspace(), which as string);
  if (options.people) {
    await cli.output.list(
      results.people as unknown as Row[],
      [
        { key: 'result', style: 'yellow' },
        { key: 'name', style: 'bold', flex: true },
        { key: 'address', flex: true },
        { key: 'at', show: (row) => shortTime(row.at) },
        { key: 'evidence', style: 'dim', flex: true },
        { key: 'ref', hidden: true },
      ],
      'nothing came back',
    );
    return;
  }
  await cli.output.thing(results, printable(linesOf(results).join('\n'), true));
};

function linesOf(results: CampaignResults): string[] {
  const { title, state, audience, sent } = results;
  const outcomes = (['sent', 'unknown', 'deferred', 'rejected', 'remaining'] as const)
    .filter((key) => results[key] > 0 || key === 'sent')
    .map((key) => `${results[key]} ${key}`);
  const leftOut = Object.values(results.left_out).reduce((sum, count) => sum + count, 0);
  const arrived = sent + results.unknown;
  return [
    `${title}: ${state}`,
    `${audience} in the audience = ${outcomes.join(' + ')} + ${leftOut} left out`,
    ...reasonLines(results.left_out),
    ...reactions.map((what) => {
      const share = arrived === 0 ? '' : `  ${shareBar(results[what] / arrived)}`;
      return `  ${String(results[what]).padStart(6)}  ${what.padEnd(12)}${share}`;
    }),
    ...engagementLines(results, arrived),
  ];
}

function engagementLines(results: CampaignResults, arrived: number): string[] {
  const { clicked, opened } = results;
  if (clicked === null || opened === null) return ['  clicks are not known: no events were imported'];
  const line = (what: string, count: number, more = '') => {
    const share = arrived === 0 ? '' : `  ${shareBar(count / arrived)}`;
    return `  ${String(count).padStart(6)}  ${what.padEnd(12)}${share}${more}`;
  };
  const apart = [
    [results.clicked_by_machines, 'by machines alone'],
    [results.clicked_by_unknown, 'by nobody knows whom'],
  ].flatMap(([count, who]) => (count ? [`${count} more ${who}`] : []));
  return [
    ...(['delivered', 'soft_bounced', 'dropped'] as const).flatMap((key) =>
      results[key] ? [line(key.replace('_', ' '), results[key])] : [],
    ),
    line('clicked', clicked, apart.length > 0 ? `  (${apart.join(', ')})` : ''),
    `  ${String(opened).padStart(6)}  opened (${results.opened_by_proxies} by proxies): unreliable, pictures are fetched unread`,
  ];
}
