import type { Judge } from '@portcullis/guard';
import { browserModel, createJudge, endpointModel } from '@portcullis/guard/judge';
import type { Settings } from './settings.ts';

/** The judge that the settings ask for. To choose an endpoint is to agree that messages go there. */
export function judgeOf({ judge, assistant }: Settings): Judge {
  if (judge !== 'endpoint' || assistant.kind !== 'endpoint') return createJudge({ models: [browserModel()] });
  const { url, model, key } = assistant;
  return createJudge({ models: [endpointModel({ url, model, ...(key !== '' && { key }), consent: () => true })] });
}
