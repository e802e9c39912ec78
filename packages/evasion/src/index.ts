export { compose } from './compose.ts';
export { type Random, randomOf } from './random.ts';
export type { Family, Growth, Transform } from './transform.ts';
export { TRANSFORMS, transformNamed } from './transforms.ts';
