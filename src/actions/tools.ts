import type { IdSource } from '../domain/records/ids.js';
import type { Clock } from '../domain/time/clock.js';
import type { Workspace } from '../workspace/workspace.js';

/** The outside world as an action gets it. */
export interface Tools {
  workspace: Workspace;
  clock: Clock;
  newId: IdSource;
  /** The member who acts; his key in `itaca.yaml`. */
  actor: string;
  /** The command as the commit names it, such as `log phone`. */
  command: string;
  dryRun: boolean;
  /** False where the person commits: by `--no-commit`, or `commit: manual` in `itaca.yaml`. */
  commit: boolean;
  warn(message: string): void;
  /** Asks before a bulk write; throws where nobody can be asked. */
  confirm(question: string): Promise<void>;
}
