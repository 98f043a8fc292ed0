import type { Campaign } from '../../domain/campaigns/campaign.js';
import { contentSha256 } from '../../domain/campaigns/content.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Bodies, readBodies } from './bodies.js';
import { type CampaignFiles, campaignFiles } from './campaign-files.js';

/** What a campaign sends, and its hash. */
export interface CampaignContent {
  campaign: StoredRecord<Campaign>;
  bodies: Bodies;
  files: CampaignFiles;
  contentSha256: string;
}

/**
 * Reads what a campaign sends: its bodies, and the files that go out with them.
 * @throws ItacaError `invalid` for a body that is no text, or holds merge-conflict markers
 */
export async function contentOf(root: string, campaign: StoredRecord<Campaign>): Promise<CampaignContent> {
  const bodies = readBodies(root, campaign.path);
  const files = await campaignFiles(root, campaign, bodies);
  const texts = Object.fromEntries([...bodies].map(([language, { text }]) => [language, text]));
  const sha256 = contentSha256({ ...campaign.data, bodies: texts, files: files.hashes });
  return { campaign, bodies, files, contentSha256: sha256 };
}
