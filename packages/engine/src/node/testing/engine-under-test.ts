import { type PolicyInput, parsePolicy } from '@portcullis/core';
import type { Bundle } from '../../shared/bundle.ts';
import { type Engine, startEngine } from '../../shared/engine.ts';
import { readBundle } from '../read-bundle.ts';
import { bundleFolder } from './bundle-under-test.ts';
import { type FaultyRuntime, faultyRuntime } from './faulty-runtime.ts';

/** The bundle under test on a runtime that can be harmed, and a way to start engines on them. */
export interface EngineUnderTest {
  readonly bundle: Bundle;
  readonly faulty: FaultyRuntime;
  start(policy?: PolicyInput): Promise<Engine>;
}

export async function engineUnderTest(): Promise<EngineUnderTest> {
  const bundle = await readBundle(bundleFolder);
  const faulty = faultyRuntime(bundle);
  return { bundle, faulty, start: (policy = {}) => startEngine(faulty.runtime, bundle, parsePolicy(policy)) };
}
