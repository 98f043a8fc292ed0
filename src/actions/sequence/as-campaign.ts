import type { Campaign } from '../../domain/campaigns/campaign.js';
import { anyLanguage } from '../../domain/campaigns/language.js';
import { ItacaError } from '../../domain/error.js';
import type { Sequence, Step } from '../../domain/sequences/sequence.js';
import { sequenceFolder, sequencePath } from '../../workspace/config/sequences.js';
import type { StoredRecord } from '../../workspace/records.js';
import { type Bodies, bodyOf } from '../campaign/bodies.js';
import { contentFile } from '../campaign/content-file.js';

/** What journals, Message-IDs and reports call a sequence; no campaign has such an id. */
export function sequenceId(name: string): string {
  return `sequence-${name}`;
}

/** A sequence, or one of its steps, as the campaign that its messages are judged, made and reported as. */
export function asCampaign(sequence: Sequence, step?: Step): StoredRecord<Campaign> {
  const { name, title, purpose, office, from, reply_to, holds, enroll, paused } = sequence;
  const id = sequenceId(name);
  return {
    kind: 'campaign',
    id,
    ref: id,
    path: sequencePath(name),
    title,
    at: null,
    data: {
      title,
      purpose: step?.purpose ?? purpose,
      office,
      from,
      reply_to,
      holds,
      audience: enroll ?? '',
      channel: step?.channel,
      subject: step?.subject,
      state: paused ? 'paused' : 'sending',
    },
    note: '',
  };
}

/**
 * The bodies of a step by language.
 * @throws ItacaError `invalid` where one lies in a file that is not there, or cannot be read
 */
export function stepBodies(root: string, { name }: Pick<Sequence, 'name'>, { id, body, file }: Step): Bodies {
  const byLanguage = (words: Step['body']) =>
    Object.entries(typeof words === 'string' ? { [anyLanguage]: words } : (words ?? {}));
  const folder = `${sequenceFolder}/${name}`;
  return new Map([
    ...byLanguage(body).map(([language, text]): [string, { text: string; path: string }] => [
      language,
      // Lines in errors are those of the body.
      { text, path: `${sequencePath(name)}#${id}` },
    ]),
    ...byLanguage(file).map(([language, named]): [string, { text: string; path: string }] => {
      const found = contentFile(root, folder, named);
      if (found) return [language, { text: bodyOf(found.bytes, found.path), path: found.path }];
      throw new ItacaError('invalid', `step ${id}: there is no ${folder}/${named}`, {
        path: sequencePath(name),
      });
    }),
  ]);
}
