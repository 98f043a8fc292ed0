import type { InboxBook } from '../../domain/inbox/book.js';
import type { IntentModel } from '../../domain/inbox/intent/read-intent.js';
import type { Workspace } from '../../workspace/workspace.js';

/** What members taught, as a model of what messages want; undefined where they taught nothing yet. */
export async function learnedModel(
  _workspace: Workspace,
  _book: InboxBook,
): Promise<IntentModel | undefined> {
  return undefined;
}
