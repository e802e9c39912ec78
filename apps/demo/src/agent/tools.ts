import type { ToolDefinition } from '@portcullis/guard';

const text = (description: string) => ({ type: 'string', description });
const object = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** The agent's tools. None of them leaves the page: mail goes to an outbox that is shown. */
export const TOOLS = {
  read_page: { name: 'read_page', description: 'Reads a page.', parameters: object({ title: text('Title of the page') }) },
  add_note: { name: 'add_note', description: 'Adds a note to the person’s own.', parameters: object({ text: text('What to note') }) },
  send_mail: {
    name: 'send_mail',
    description: 'Sends a mail in the person’s name.',
    parameters: object({ to: text('Address of the recipient'), subject: text('Subject'), body: text('Text of the mail') }),
  },
} as const satisfies Record<string, ToolDefinition>;

export type ToolName = keyof typeof TOOLS;
