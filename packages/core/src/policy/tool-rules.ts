import * as v from 'valibot';

const pattern = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** How much a tool may do unasked, from least careful to most. */
export const TOOL_LEVELS = ['free', 'unasked', 'tainted', 'always', 'never'] as const;
export type ToolLevel = (typeof TOOL_LEVELS)[number];

const level = v.picklist(TOOL_LEVELS);

/** The policy's field `tools`. */
export const toolsSchema = v.strictObject({
  level: v.optional(level, 'unasked'),
  unasked: v.optional(v.picklist(['confirm', 'block']), 'block'),
  block: v.optional(probability),
  confirm: v.optional(probability),
  schema: v.optional(v.picklist(['note', 'confirm', 'block']), 'note'),
  maxWindows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 24),
  rules: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          match: pattern,
          level: v.optional(level),
          values: v.optional(
            v.pipe(
              v.array(
                v.strictObject({
                  path: pattern,
                  allow: v.pipe(v.array(pattern), v.minLength(1)),
                }),
              ),
              v.maxLength(100),
            ),
            [],
          ),
        }),
      ),
      v.maxLength(1000),
    ),
    [],
  ),
});

export type ToolsPolicy = v.InferOutput<typeof toolsSchema>;
