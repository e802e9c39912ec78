import type { PolicyInput } from '@portcullis/guard';

/** What the agent may do unasked: reading and noting, and mail to the hut's own people. What nobody asked for the person decides, who is there. */
export const TOOLS_POLICY: NonNullable<PolicyInput['tools']> = {
  unasked: 'confirm',
  rules: [
    { match: 'read_page', level: 'free' },
    { match: 'add_note', level: 'free' },
    {
      match: 'send_mail',
      values: [
        { path: 'to', allow: ['*@hut.example'] },
        { path: 'subject', allow: ['*'] },
        { path: 'body', allow: ['*'] },
      ],
    },
  ],
};
