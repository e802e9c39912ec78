import { progressShare, progressText } from '@portcullis/element';
import type { EngineInfo, ErrorData, LoadProgress, Measured } from '@portcullis/guard';
import { html, nothing, type TemplateResult } from 'lit';
import { backendName, duration, megabytes, score } from '../format.ts';
import type { AppState } from '../state.ts';

function loading(progress: LoadProgress | undefined): TemplateResult {
  const share = progress ? progressShare(progress) : undefined;
  return html`<div class="load" data-testid="progress">
    <progress aria-label="Loading the models" max="1" value=${share ?? nothing}></progress>
    <p>${progress ? progressText(progress) : 'Looking for the models'}</p>
    ${progress && progress.phase !== 'start' ? html`<p class="fine">${progress.artifact}</p>` : nothing}
  </div>`;
}

function origin(info: EngineInfo): string {
  return info.downloadedBytes === 0 ? 'From this device, nothing downloaded' : `${megabytes(info.downloadedBytes)} downloaded`;
}

/** What the candidates took for a full window on this device. */
function contest({ webgpu, wasm }: Measured): string {
  const shown = (name: string, found: Measured['webgpu']): string[] =>
    found === undefined ? [] : [found === 'lost' ? `${name} did not start` : `${name} ${duration(found[256])}`];
  return [...shown('WebGPU', webgpu), ...shown('WASM', wasm)].join(', ');
}

function running(info: EngineInfo): TemplateResult {
  return html`<dl class="facts">
    <div><dt>Backend</dt><dd data-testid="backend" data-backend=${info.backend}>${backendName(info.backend)}</dd></div>
    ${info.measured ? html`<div><dt>Chosen by</dt><dd data-testid="measured">${contest(info.measured)}</dd></div>` : nothing}
    <div><dt>Ready in</dt><dd>${duration(info.loadMs)}</dd></div>
    <div><dt>Models</dt><dd data-testid="progress">${origin(info)}</dd></div>
    <div><dt>Bundle</dt><dd><code>${info.bundle}</code></dd></div>
    <div><dt>Thresholds</dt><dd>warn ${score(info.thresholds.warn)}, block ${score(info.thresholds.block)}</dd></div>
  </dl>
  ${info.persistent ? nothing : html`<p class="note">The models are not kept on this device (storage is refused or full), so they load anew on every visit.</p>`}`;
}

function asleep(cause: ErrorData | undefined): TemplateResult {
  return html`<p class="note" data-testid="asleep">${
    cause ? html`The last run ended: <code>${cause.code}</code> ${cause.message}.` : 'At rest: its memory is given back.'
  } The next message starts it from this device.</p>`;
}

function body(engine: AppState['engine']): TemplateResult {
  switch (engine.phase) {
    case 'unasked':
      return html`<p class="note">Not on this device yet. In the chat, above the composer, stands “Get the guard”.</p>`;
    case 'loading':
      return loading(engine.progress);
    case 'ready':
      return running(engine.info);
    case 'asleep':
      return asleep(engine.cause);
    case 'failed':
      return html`<p class="note error" data-testid="engine-error"><code>${engine.error.code}</code> ${engine.error.message}</p>`;
  }
}

/** What runs the guard, or how far it has come. */
export function engineCard(engine: AppState['engine']): TemplateResult {
  return html`<section class="card" aria-labelledby="engine-title" data-testid="engine" data-phase=${engine.phase}>
    <h2 id="engine-title">Guard</h2>
    ${body(engine)}
  </section>`;
}
