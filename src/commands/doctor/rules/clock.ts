import { durationText } from '../../../model/duration.js';
import type { Rule } from '../../../model/rule.js';
import type { DoctorFacts } from '../facts.js';
import { numberAt, textAt } from '../reading.js';

/** Seconds that a clock may be off: rg-diag's own threshold. */
const tolerated = 60;

/** Whether the clock of this machine is that of Cloudflare, as far as a trace told the time. */
export const clock: Rule<DoctorFacts> = {
  id: 'doctor/clock',
  means: `Certificates are judged, and logs are dated, by the clock of this machine: more than ${tolerated} s is rg-diag’s own threshold.`,
  remedy: 'Set the clock by NTP: timedatectl set-ntp true',
  cites: 'captured answers of /cdn-cgi/trace, 2020 to 2026 (ts)',
  skips: (facts) => (seenIn(facts) === undefined ? 'no trace told the time' : undefined),
  check(facts) {
    const { ahead = 0, pointer = '/checks' } = seenIn(facts) ?? {};
    const evidence = [`${pointer}/facts/trace/ts`, `${pointer}/at`];
    if (Math.abs(ahead) <= tolerated) {
      return { status: 'pass', says: 'the clock of this machine is that of Cloudflare', evidence };
    }
    const seconds = Math.round(Math.abs(ahead));
    const says = `the clock of this machine is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} that of Cloudflare (${durationText(seconds)})`;
    return { status: 'warn', says, evidence, code: 'unexpected-value' };
  },
};

/** By the first trace. It was answered at some time between its beginning and its end. */
function seenIn({ checks, asked }: DoctorFacts): { readonly ahead: number; readonly pointer: string } | undefined {
  if (asked.now !== undefined) return undefined;
  for (const [number, { command, outcome }] of checks.entries()) {
    if (command !== 'trace' || outcome.state !== 'ran') continue;
    for (const [index, { at, facts, durationMs }] of outcome.reports.entries()) {
      const stamp = textAt(facts, '/trace/ts') ?? numberAt(facts, '/trace/ts')?.toString() ?? '';
      const edge = /^\d{9,11}(\.\d{1,9})?$/.test(stamp) ? Number(stamp) : Number.NaN;
      const from = Date.parse(at) / 1000;
      const until = from + durationMs / 1000;
      if (Number.isNaN(edge) || Number.isNaN(until)) continue;
      const ahead = edge < from ? from - edge : edge > until ? until - edge : 0;
      return { ahead, pointer: `/checks/${number}/outcome/reports/${index}` };
    }
  }
  return undefined;
}
