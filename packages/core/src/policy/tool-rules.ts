import * as v from 'valibot';

const pattern = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const said = v.description;

/** How much a tool may do unasked, from least careful to most. */
export const TOOL_LEVELS = ['free', 'unasked', 'tainted', 'always', 'never'] as const;
export type ToolLevel = (typeof TOOL_LEVELS)[number];

const level = v.pipe(
  v.picklist(TOOL_LEVELS),
  said(
    '`free`: harmless tools; only the context is looked at for injections. `unasked`: a person is asked about what they did not ask for. `tainted`: and about ' +
      'every value that only the context holds. `always`: a person is always asked. `never`: the tool is not called.',
  ),
);

/** The policy's field `tools`. */
export const toolsSchema = v.pipe(
  v.strictObject({
    level: v.optional(level, 'unasked'),
    unasked: v.optional(
      v.pipe(v.picklist(['confirm', 'block']), said('The most that becomes of a call that nobody asked for: `confirm` where a person is there who decides.')),
      'block',
    ),
    block: v.optional(v.pipe(probability, said('Score of a value from which the call is blocked; without it, the bundle’s.'))),
    confirm: v.optional(v.pipe(probability, said('Score of a value from which a person is asked; without it, the bundle’s. Never above `block`.'))),
    schema: v.optional(
      v.pipe(
        v.picklist(['note', 'confirm', 'block']),
        said('What becomes of arguments that break the tool’s schema. `note`: the verdict says so, and the tool itself will refuse them.'),
      ),
      'note',
    ),
    maxWindows: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000), said('Most stretches of a call that the verifier reads, the most suspicious first.')),
      24,
    ),
    rules: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            match: v.pipe(pattern, said('The tool’s name; `*` stands for any run.')),
            level: v.optional(level),
            values: v.optional(
              v.pipe(
                v.array(
                  v.strictObject({
                    path: v.pipe(pattern, said('Path of the argument, `recipients*`; `*` stands for any run.')),
                    allow: v.pipe(
                      v.array(pattern),
                      v.minLength(1),
                      said('Values that are fine whoever named them; `*` stands for any run. All others are asked about.'),
                    ),
                  }),
                ),
                v.maxLength(100),
                said('Recipients, paths, hosts that are known.'),
              ),
              [],
            ),
          }),
        ),
        v.maxLength(1000),
        said('What holds for single tools; the first entry that matches counts.'),
      ),
      [],
    ),
  }),
  said('What agents may do.'),
);

export type ToolsPolicy = v.InferOutput<typeof toolsSchema>;
