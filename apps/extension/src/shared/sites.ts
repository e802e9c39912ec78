/** What is known of one chat site. It only adds to what the generic search finds: a site that changes its markup falls back on that. */
export interface Site {
  readonly name: string;
  readonly origin: string;
  /** CSS selector of controls that send and could be missed: without a name, a role or a form. */
  readonly send?: string;
  /** CSS selector of what the model said. */
  readonly answer?: string;
}

/** Large chat sites, offered by name in the options. The selectors are public knowledge of 2026. */
export const SITES: readonly Site[] = [
  {
    name: 'ChatGPT',
    origin: 'https://chatgpt.com',
    send: '#composer-submit-button, [data-testid="send-button"]',
    answer: '[data-message-author-role="assistant"]',
  },
  { name: 'Claude', origin: 'https://claude.ai', answer: '.font-claude-message, .font-claude-response' },
  {
    name: 'Gemini',
    origin: 'https://gemini.google.com',
    send: '[data-test-id="send-button-container"] button, button.send-button',
    answer: 'model-response message-content',
  },
  { name: 'Copilot', origin: 'https://copilot.microsoft.com' },
  { name: 'Perplexity', origin: 'https://www.perplexity.ai' },
  { name: 'DeepSeek', origin: 'https://chat.deepseek.com' },
  { name: 'Le Chat', origin: 'https://chat.mistral.ai' },
  { name: 'Grok', origin: 'https://grok.com' },
];

/** What is known of the site at this origin, if anything. */
export function siteAt(origin: string): Site | undefined {
  return SITES.find((site) => site.origin === origin);
}

/** The match pattern for a page's site, or undefined where no extension may run (browser pages, files, other extensions). */
export function patternFor(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol)) return undefined;
  // Match patterns know no ports: one for a host counts for all of them.
  return `${parsed.protocol}//${parsed.hostname}/*`;
}
