import type { CampaignPlan } from './plan-campaign.js';
import type { CampaignProblem } from './problems.js';

/**
 * That there are people in the audience who would get nothing because nothing is written in their language, and no
 * `body.md` for every other one either. Before the first message leaves it is an error: they would be forgotten. Once the
 * send has begun it can only be told, for its text stands.
 */
export function languageProblems({
  campaign: { path },
  bodies,
  plan,
  frozen,
}: Pick<CampaignPlan, 'campaign' | 'bodies' | 'plan' | 'frozen'>): CampaignProblem[] {
  if (bodies.size === 0) return [];
  const unread = new Map<string, number>();
  for (const { reason, detail } of plan.leftOut)
    if (reason === 'no_body') unread.set(detail, (unread.get(detail) ?? 0) + 1);
  return [...unread].map(([detail, count]) => {
    const language = /^no body in (.+)$/.exec(detail)?.[1];
    const [file, query] = language ? [`body.${language}.md`, `language:${language}`] : ['', 'no:language'];
    return {
      severity: frozen ? 'warning' : 'error',
      path,
      line: null,
      column: null,
      message: `${count} left out: ${detail}`,
      hint: `write ${[file, 'body.md for every language'].filter(Boolean).join(', or ')}; or leave them out on purpose: exclude: ["${query}"]`,
    };
  });
}
