/** Text whose lines were broken for the wire, `format=flowed` (RFC 3676), as it was written. */
export function unflowed(text: string, deleteSpace: boolean): string {
  const paragraphs: string[][] = [];
  let flowing: number | undefined;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)![0].length;
    // A space that keeps a line from being taken for a quote or a mailbox's "From ".
    const content = line.slice(depth).replace(/^ /, '');
    const flows = content.endsWith(' ') && content !== '-- ';
    const kept = flows && deleteSpace ? content.slice(0, -1) : content;
    if (flowing === depth && content !== '-- ') paragraphs.at(-1)!.push(kept);
    else paragraphs.push([depth > 0 ? `${'>'.repeat(depth)} ${kept}` : kept]);
    flowing = flows ? depth : undefined;
  }
  return paragraphs.map((pieces) => pieces.join('')).join('\n');
}
