/** A report is read no further than this, in characters. */
const longest = 1024 * 1024;
/** More recipients than a report names. */
const mostGroups = 20_000;

/** What a part of fields (RFC 3464, RFC 5965, RFC 8098) says, in groups that empty lines part; names in lower case, the first of each. */
export function fieldGroups(text: string): Map<string, string>[] {
  const groups: Map<string, string>[] = [];
  let group = new Map<string, string>();
  let last: string | undefined;
  const close = () => {
    if (group.size > 0 && groups.length < mostGroups) groups.push(group);
    group = new Map();
    last = undefined;
  };
  for (const line of text.slice(0, longest).split('\n')) {
    const field = /^([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,20}:(.*)$/.exec(line);
    if (line.trim() === '') close();
    else if (field) {
      last = field[1]!.toLowerCase();
      // Some systems leave out the empty line between two recipients.
      if (last === 'final-recipient' && group.has(last)) {
        close();
        last = 'final-recipient';
      }
      if (group.has(last)) last = undefined;
      else group.set(last, field[2]!.trim());
      // A diagnostic's further lines are not always indented.
    } else if (last !== undefined) group.set(last, `${group.get(last)} ${line.trim()}`.trim());
  }
  close();
  return groups;
}
