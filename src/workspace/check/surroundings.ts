import type { Surroundings } from '../../domain/check/fault.js';
import { stageNames, stagesOf } from '../../domain/deals/stages.js';
import { ItacaError } from '../../domain/error.js';
import type { CheckedSettings } from './settings.js';

/**
 * What records are judged against, of the settings.
 * @param tryQuery throws ItacaError for a query that is none
 */
export function surroundingsOf(
  { config, processes }: CheckedSettings,
  tryQuery: (query: string) => unknown,
): Surroundings {
  return {
    members: new Set(Object.keys(config?.members ?? {})),
    offices: new Set(Object.keys(config?.offices ?? {})),
    purposes: new Set(Object.keys(config?.purposes ?? {})),
    stages: new Set(stageNames(stagesOf(config?.deals))),
    process: (type) => processes.get(type),
    queryFault(query) {
      try {
        tryQuery(query);
        return undefined;
      } catch (error) {
        if (error instanceof ItacaError) return error.message;
        throw error;
      }
    },
  };
}
