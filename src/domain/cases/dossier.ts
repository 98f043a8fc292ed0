/** One thing in a dossier, in the order of time. */
export interface DossierEntry {
  /** ISO 8601. */
  at: string;
  /** What it was, in a few words: `e-mail from the customer`, `promise`, `moved to open`. */
  what: string;
  /** Who did it, where it is known. */
  by: string;
  /** What was said. */
  text: string;
  attachments: { path: string; sha256: string | null }[];
  /** The record that says so; of a move, the case. */
  ref: string;
}

export interface Dossier {
  title: string;
  ref: string;
  /** Head of the document, as pairs. */
  facts: [name: string, value: string][];
  entries: DossierEntry[];
}

/**
 * A dossier as a Markdown document: the facts as a table, then everything in the order of time. Text of others is
 * quoted, so that nothing in it changes the document.
 */
export function dossierMarkdown({ title, ref, facts, entries }: Dossier): string {
  const lines = [`# ${inline(title)}`, '', `\`${code(ref)}\``, '', '| | |', '|---|---|'];
  for (const [name, value] of facts) lines.push(`| ${inline(name)} | ${inline(value)} |`);
  for (const { at, what, by, text, attachments, ref: source } of entries) {
    lines.push(
      '',
      `## ${at.slice(0, 16).replace('T', ' ')} · ${inline(what)}`,
      '',
      `${by ? `${inline(by)}, ` : ''}\`${code(source)}\``,
    );
    if (text.trim() !== '')
      lines.push(
        '',
        ...text
          .trim()
          .split(/\r\n?|\n/)
          .map((line) => `> ${withoutHtml(line)}`.trimEnd()),
      );
    for (const { path, sha256 } of attachments)
      lines.push('', `Attachment: \`${code(path)}\`${sha256 ? `, SHA-256 \`${sha256}\`` : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text between backticks. */
function code(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('`', "'");
}

/** A tag would end the quote for whoever reads the document as HTML. */
function withoutHtml(line: string): string {
  return line.replace(/<(?=[A-Za-z/!?])/g, '\\<');
}

/** Text in a line or table cell: no line break, no markup. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}
