import { join } from 'node:path';
import type { Campaign } from '../../domain/campaigns/campaign.js';
import type { StoredRecord } from '../../workspace/records.js';
import type { Workspace } from '../../workspace/workspace.js';
import { campaignFolder } from './campaign-folder.js';

/** The folder of a campaign's plan and journals, absolute. */
export function sendsFolder(workspace: Workspace, campaign: StoredRecord<Campaign>): string {
  return join(workspace.root, campaignFolder(campaign.path), 'sends');
}
