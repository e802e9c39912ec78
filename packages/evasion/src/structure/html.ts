const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as HTML text content. Grows by five times at most. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => REFERENCES[sign] ?? sign);
}
