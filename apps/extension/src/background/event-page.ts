import { answerEngine, readForPage } from '../offscreen/engine.ts';
import { servePages } from '../offscreen/serve-pages.ts';
import { type EngineMessage, isAnswer } from '../shared/messages.ts';
import { startBackground } from './background.ts';
import { keep } from './keep.ts';
import { reguard } from './reguard.ts';
import { awake } from './stay-awake.ts';

// Firefox: the background has a document, where the engine can be. It ends with it, and its models are read anew from the package.

const tell = async (message: EngineMessage): Promise<void> => void (await answerEngine(message));

startBackground({
  async ask(message) {
    const answer = await awake(answerEngine(message));
    if (!isAnswer(answer)) throw new Error('the engine has no answer to that');
    return answer;
  },
  tell,
  wake: tell,
});
servePages(
  (found) => void keep(found),
  (text, source, signal) => awake(readForPage(text, source, signal)),
);
chrome.runtime.onInstalled.addListener(() => void reguard());
