import { dirname } from 'node:path/posix';

/**
 * The folder of what belongs to a campaign, relative to the workspace: that of its record or, of a sequence, which is a
 * file, the folder of its name beside it.
 */
export function campaignFolder(path: string): string {
  return path.endsWith('.yaml') ? path.slice(0, -'.yaml'.length) : dirname(path);
}
