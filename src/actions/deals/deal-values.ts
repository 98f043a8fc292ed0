import { ItacaError } from '../../domain/error.js';
import { findRecord } from '../find-record.js';
import { refuseStranger } from '../refuse-stranger.js';
import type { Tools } from '../tools.js';
import { closeDay, dealValue } from './open-deal.js';

/**
 * What `key=value` words set in a deal, as its record writes it: a value as money, a day, whom it is about.
 * @param set new values by key; changed in place
 * @throws ItacaError `usage` for what is no such value, and for a stage: deals are moved
 */
export async function readDealValues(set: Record<string, unknown>, tools: Tools): Promise<void> {
  const given = (key: string) => {
    const value = set[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if ('stage' in set || 'lost_reason' in set)
    throw new ItacaError('usage', 'where a deal stands is not set by hand: each move has a date', {
      hint: 'use itaca deal move|win|lose',
    });
  const [value, close, owner] = [given('value'), given('expected_close'), given('owner')];
  if (value !== undefined) set.value = dealValue(value, tools);
  if (close !== undefined) set.expected_close = closeDay(close, tools);
  refuseStranger(owner, tools);
  for (const kind of ['contact', 'company'] as const) {
    const who = given(kind);
    if (who !== undefined) set[kind] = (await findRecord(tools.workspace, who, [kind])).ref;
  }
}
