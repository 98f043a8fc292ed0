import type { Campaign } from '../../domain/campaigns/campaign.js';
import { sameTextSha256 } from '../../domain/campaigns/content.js';
import { subjectFor } from '../../domain/campaigns/language.js';
import { nearlySame, type Shingled, shinglesOf } from '../../domain/campaigns/resemblance.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { Bodies } from './bodies.js';

/** What people read of a campaign, each body with its subject, ready to be compared with many others. */
export interface CampaignTexts {
  sha256: string[];
  shingles: Shingled[];
}

export function textsOf({ subject }: Campaign, bodies: Bodies, { config }: Workspace): CampaignTexts {
  const languages = config.languages ?? [];
  const texts = [...bodies].map(([language, { text }]) => ({
    subject: subjectFor(subject, language, language === '*' ? undefined : language, languages) ?? '',
    text,
  }));
  return {
    sha256: texts.map((one) => sameTextSha256(one.subject, one.text)),
    shingles: texts.map((one) => shinglesOf(`${one.subject}\n${one.text}`)),
  };
}

/** Whether two campaigns say the same in any language: `same`, or how much of it in per cent. */
export function likeness(a: CampaignTexts, b: CampaignTexts): 'same' | number | undefined {
  if (a.sha256.some((hash) => b.sha256.includes(hash))) return 'same';
  const shares = a.shingles.flatMap((one) => b.shingles.flatMap((other) => nearlySame(one, other) ?? []));
  return shares.length === 0 ? undefined : Math.max(...shares);
}
