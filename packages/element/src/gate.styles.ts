import { detailStyles } from './details.styles.ts';
import { stripStyles } from './strip.styles.ts';

/** The strip and its details in one, for who shows both from the start. */
export const gateStyles = stripStyles + detailStyles;
