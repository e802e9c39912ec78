import { startBackground } from './background.ts';
import { engineDocument } from './engine-document.ts';

startBackground(engineDocument);
