import { type ConsentInput, type ConsentOutcome, sayConsent } from '../../actions/consent/say-consent.js';
import type { Cli } from '../../cli/context.js';
import type { Consent } from '../../domain/consent/consent.js';

const verbs = {
  given: ['gave', 'would give'],
  refused: ['refused', 'would refuse'],
  withdrawn: ['withdrew', 'would withdraw'],
} as const;

/** Puts a word on file and tells how the person stands from then on. */
export async function say(cli: Cli, state: Consent['state'], input: ConsentInput): Promise<void> {
  const outcome = await cli.act((tools) => sayConsent(state, input, tools));
  const { contact, added, standings, wording, ended } = outcome;
  await cli.output.outcome(
    {
      id: contact.id,
      ref: contact.ref,
      name: contact.data.name,
      added,
      wording: wording?.path ?? null,
      ...(ended === undefined ? {} : { ended }),
      standings: standings.map(({ consent, ...standing }) => ({ ...standing, since: consent?.at ?? null })),
    },
    sentence(outcome, verbs[state][cli.dryRun ? 1 : 0]),
    standings.map((one) => [one.purpose, one.channel ?? 'all', one.state].join('\t')).join('\n'),
  );
}

function sentence({ contact, added, standings, ended }: ConsentOutcome, verb: string): string {
  const what = standings
    .map(({ purpose, channel }) => (channel === null ? purpose : `${purpose} by ${channel}`))
    .join(', ');
  if (added.length === 0) return `${contact.title}: that is on file already (${what})`;
  return `${contact.title} ${verb} consent: ${what}${ended === undefined ? '' : ` (ended ${ended})`}`;
}
