import type { Decision } from '@portcullis/guard';
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { score } from '../format.ts';
import type { Mark } from './meter.ts';
import type { CoursePoint } from './risk-course.ts';

/** In units of the drawing. */
const BOX = { width: 300, height: 132, left: 22, right: 44, top: 8, bottom: 20 };
const SPOT = 5;
const SAID: Record<Decision, string> = { allow: 'passed', warn: 'sent at your word', block: 'blocked' };
const HELD: Record<Decision, string> = { ...SAID, warn: 'held for you, not sent', block: 'blocked, not sent' };

const y = (risk: number): number => BOX.top + (1 - risk) * (BOX.height - BOX.top - BOX.bottom);

/** The same three shapes as everywhere: disc, triangle, octagon. */
function spot({ decision, sent, turn, risk }: CoursePoint, x: number): SVGTemplateResult {
  const at = (points: readonly (readonly [number, number])[]): string => points.map(([dx, dy]) => `${x + dx * SPOT},${y(risk) + dy * SPOT}`).join(' ');
  const part = 0.42;
  const shape = {
    allow: svg`<circle cx=${x} cy=${y(risk)} r=${SPOT - 1} />`,
    warn: svg`<polygon points=${at([
      [0, -1.1],
      [1.1, 0.9],
      [-1.1, 0.9],
    ])} />`,
    block: svg`<polygon points=${at([
      [-part, -1],
      [part, -1],
      [1, -part],
      [1, part],
      [part, 1],
      [-part, 1],
      [-1, part],
      [-1, -part],
    ])} />`,
  }[decision];
  return svg`<g class="spot" data-testid="risk-point" data-turn=${turn} data-risk=${risk} data-decision=${decision} data-sent=${sent}>${shape}</g>`;
}

function chart(course: readonly CoursePoint[], marks: readonly Mark[]): TemplateResult {
  const { width, height, left, right } = BOX;
  const [first, last] = [course[0]?.turn ?? 1, course.at(-1)?.turn ?? 1];
  // Room for three turns at least: the first is no line from wall to wall.
  const span = Math.max(last - first, 2);
  const x = (turn: number): number => left + 8 + ((turn - first) / span) * (width - left - right - 16);
  return html`<svg class="course" viewBox="0 0 ${width} ${height}" role="img" aria-label=${told(course, marks)} data-testid="risk-chart">
    ${[0, 1].map((at) => svg`<line class="axis" x1=${left} x2=${width - right} y1=${y(at)} y2=${y(at)} /><text x=${left - 6} y=${y(at) + 4} text-anchor="end">${at}</text>`)}
    ${marks.map(
      ({ name, at }) =>
        svg`<line class="limit" data-mark=${name} x1=${left} x2=${width - right} y1=${y(at)} y2=${y(at)} /><text x=${width - right + 6} y=${y(at) + 4}>${name}</text>`,
    )}
    <polyline points=${course.map(({ turn, risk }) => `${x(turn)},${y(risk)}`).join(' ')} />
    ${course.map((point) => svg`${spot(point, x(point.turn))}<text x=${x(point.turn)} y=${height - 5} text-anchor="middle">${point.turn}</text>`)}
  </svg>`;
}

/** What the chart shows, in a sentence. */
function told(course: readonly CoursePoint[], marks: readonly Mark[]): string {
  const limits = marks.map(({ name, at }) => `${name} from ${score(at)}`).join(', ');
  return `Risk of the conversation: ${course.map(({ turn, risk }) => `turn ${turn} ${score(risk)}`).join(', ')}${limits ? ` (${limits})` : ''}.`;
}

function table(course: readonly CoursePoint[]): TemplateResult {
  return html`<details class="figures">
    <summary>Figures</summary>
    <table data-testid="risk-table">
      <thead><tr><th scope="col">Turn</th><th scope="col">Risk</th><th scope="col">Decision</th></tr></thead>
      <tbody>${course.map(
        ({ turn, risk, decision, sent }) => html`<tr><th scope="row">${turn}</th><td>${score(risk)}</td><td>${(sent ? SAID : HELD)[decision]}</td></tr>`,
      )}</tbody>
    </table>
  </details>`;
}

/** The conversation's risk as it rises, and the end of it. */
export function riskCard(course: readonly CoursePoint[], marks: readonly Mark[], forget: () => void): TemplateResult {
  const now = course.at(-1);
  return html`<section class="card" aria-labelledby="risk-title" data-testid="risk">
    <h2 id="risk-title">Conversation</h2>
    ${
      now === undefined
        ? nothing
        : html`<p class="now" data-testid="risk-now">Risk ${score(now.risk)} ${now.sent ? `after turn ${now.turn}` : `with turn ${now.turn}, which was not sent`}</p>
          ${chart(course, marks)} ${table(course)}`
    }
    <button type="button" class="copy" data-testid="forget" @click=${forget}>Forget this conversation</button>
    <p class="fine">This tab keeps what was said; the guard keeps scores and embeddings, no text. Forgetting clears both.</p>
  </section>`;
}
