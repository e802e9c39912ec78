import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider';
import type { RewriteTexts } from './guard-prompt.ts';

type Visit = Parameters<RewriteTexts<unknown>>[1];
type UserContent = Extract<LanguageModelV4Message, { role: 'user' }>['content'];

/** The texts of a prompt of the AI SDK: what the person said, the text files with it, and the results of tools. */
export const rewriteMessages: RewriteTexts<LanguageModelV4Prompt> = (prompt, visit) => {
  const last = prompt.findLastIndex(({ role }) => role === 'user');
  const before = prompt.slice(0, Math.max(last, 0)).findLastIndex(({ role }) => role !== 'user');
  return prompt.map((message, index) => rewriteMessage(message, index > before, visit));
};

function rewriteMessage(message: LanguageModelV4Message, now: boolean, visit: Visit): LanguageModelV4Message {
  const results = <Part extends { readonly type: string }>(part: Part | LanguageModelV4ToolResultPart) =>
    part.type === 'tool-result' ? rewriteResult(part as LanguageModelV4ToolResultPart, visit) : (part as Part);
  switch (message.role) {
    case 'system':
      return message;
    case 'user':
      return { ...message, content: rewriteSaid(message.content, now, visit) };
    case 'assistant':
      return { ...message, content: message.content.map(results) };
    case 'tool':
      return { ...message, content: message.content.map(results) };
  }
}

function rewriteSaid(content: UserContent, now: boolean, visit: Visit): UserContent {
  const said = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const texts = [...(said.length === 0 ? [] : visit(said, { role: 'user', now }))];
  return content.map((part) => (part.type === 'text' ? { ...part, text: texts.shift() ?? '' } : rewriteFile(part, now, visit)));
}

function rewriteFile(part: LanguageModelV4FilePart, now: boolean, visit: Visit): LanguageModelV4FilePart {
  const text = textOfFile(part);
  if (text === undefined) return part;
  const [seen = ''] = visit([text], { role: 'document', source: `file:${part.filename ?? ''}`, now });
  return seen === text ? part : { ...part, data: { type: 'text', text: seen } };
}

function textOfFile({ data, mediaType }: LanguageModelV4FilePart): string | undefined {
  if (data.type === 'text') return data.text;
  if (data.type !== 'data' || !/^text(?:\/|$)|[/+](?:json|xml)$/i.test(mediaType)) return undefined;
  return new TextDecoder().decode(typeof data.data === 'string' ? Uint8Array.from(atob(data.data), (byte) => byte.charCodeAt(0)) : data.data);
}

function rewriteResult(part: LanguageModelV4ToolResultPart, visit: Visit): LanguageModelV4ToolResultPart {
  const texts = textsOfResult(part.output);
  if (texts.length === 0) return part;
  const seen = visit(texts, { role: 'tool', source: `tool:${part.toolName}`, now: false });
  return seen === texts ? part : { ...part, output: { type: 'text', value: seen[0] ?? '' } };
}

function textsOfResult(output: LanguageModelV4ToolResultOutput): readonly string[] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return [output.value];
    case 'json':
    case 'error-json':
      return [JSON.stringify(output.value)];
    case 'content':
      return output.value.flatMap((part) => {
        if (part.type === 'text') return [part.text];
        const text = part.type === 'file' ? textOfFile(part) : undefined;
        return text === undefined ? [] : [text];
      });
    case 'execution-denied':
      return [];
  }
}
