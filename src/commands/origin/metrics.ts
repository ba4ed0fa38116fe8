import { isVerdict } from '../../decoders/other-modes.js';
import type { Metric } from '../../model/metric.js';
import type { SeenFacts } from './facts.js';
import { hasFailed, judgementOf } from './verdict.js';

/** The numbers of an origin, also where it fails: a missing number cannot raise an alarm. */
export function originMetrics(facts: SeenFacts): Metric[] {
  return [...errorMetrics(facts), ...stageMetrics(facts), ...answerMetrics(facts), ...attemptMetrics(facts)];
}

function errorMetrics(facts: SeenFacts): Metric[] {
  const judgement = judgementOf(facts, facts);
  const metrics: Metric[] = [];
  if (isVerdict(judgement)) {
    const { code, errorCode, profile } = judgement;
    // The same labels whatever becomes of it: graphs and perfdata are known by them.
    const labels = { mode: facts.asked.mode, profile };
    metrics.push(
      {
        name: 'origin_edge_error_code',
        help: 'The status that visitors get because of the origin; 0: no error.',
        unit: 'count',
        value: code ?? 0,
        labels,
      },
      {
        name: 'origin_edge_1xxx_code',
        help: 'The 1xxx code in the body of that error; 0: none.',
        unit: 'count',
        value: errorCode ?? 0,
        labels,
      },
    );
  }
  if (facts.railgun?.code !== undefined && facts.railgun.failure === undefined) {
    const help = 'The status that visitors get through rg-listener; 0: no error on account of the origin.';
    const value = facts.railgun.code ?? 0;
    metrics.push({ name: 'origin_railgun_error_code', help, unit: 'count', value, labels: {} });
  }
  const status = facts.public?.http?.status;
  if (status !== undefined) {
    const help = 'HTTP status of the answer that everybody gets through Cloudflare.';
    metrics.push({ name: 'origin_public_http_status', help, unit: 'count', value: status, labels: {} });
  }
  return metrics;
}

function stageMetrics({ stages }: SeenFacts): Metric[] {
  return stages.flatMap((seen): Metric[] =>
    'ms' in seen && seen.ms !== undefined
      ? [
          {
            name: 'origin_stage_duration_seconds',
            help: 'How long each stage took in the attempt that decides.',
            unit: 'seconds',
            value: Math.round(seen.ms * 1000) / 1e6,
            labels: { stage: seen.stage },
          },
        ]
      : [],
  );
}

function answerMetrics({ http, tls }: SeenFacts): Metric[] {
  const metrics: Metric[] = [];
  if (http !== undefined) {
    metrics.push(
      {
        name: 'origin_http_status',
        help: 'HTTP status of the answer of the origin.',
        unit: 'count',
        value: http.status,
        labels: {},
      },
      {
        name: 'origin_response_header_bytes',
        help: 'Size of the status line and all headers of the answer of the origin.',
        unit: 'bytes',
        value: http.headerBytes,
        labels: {},
      },
    );
  }
  if (tls?.chain !== undefined) {
    metrics.push({
      name: 'origin_certificate_expiry_seconds',
      help: 'Seconds until the first certificate of the path that was sent expires; negative when it has.',
      unit: 'seconds',
      value: tls.chain.secondsRemaining,
      labels: {},
      alarm: 'below',
    });
  }
  return metrics;
}

function attemptMetrics(facts: SeenFacts): Metric[] {
  const metrics = facts.addresses.flatMap(({ address, port, attempts }): Metric[] => {
    if (attempts.length === 0) return [];
    const labels = { address, port: String(port) };
    const failed = attempts.filter((attempt) => hasFailed(attempt, facts)).length;
    return [
      {
        name: 'origin_attempts',
        help: 'How many attempts there were at each address.',
        unit: 'count',
        value: attempts.length,
        labels,
      },
      {
        name: 'origin_failed_attempts_ratio',
        help: 'Which part of the attempts at each address ended in an error for visitors.',
        unit: 'ratio',
        value: failed / attempts.length,
        labels,
      },
    ];
  });
  // A series for each of very many addresses would flood whoever reads.
  return metrics.slice(0, mostSeries);
}

const mostSeries = 64;
