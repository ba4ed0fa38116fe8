import type { Finding } from '../../model/finding.js';
import { printable } from '../../model/printable.js';
import type { Report } from '../../model/report.js';
import { worstOf } from '../../model/report.js';
import { shortened } from '../../model/shortened.js';
import type { BundleFacts } from './facts.js';
import { raysOf } from './failed-requests.js';
import type { LoggedCause } from './logged-causes.js';
import { partsThatAre } from './parts.js';
import { wrappedLines } from './wrapped-lines.js';

/** UTF-16 units of what a finding says. */
const longest = 200;

/** What support can see and nobody else, and how it fits what was found here. */
export function lookAtLines(
  facts: BundleFacts,
  reports: readonly Report[],
  findings: readonly Finding[],
  causes: readonly LoggedCause[],
): string[] {
  const { case: error, railgun } = facts;
  const texts: string[] = [];
  const rays = raysOf(facts);
  if (rays.length > 0) {
    texts.push(`What the edge recorded of ${rays.join(', ')}: which step failed, and in which data centre.`);
  }
  if (error !== undefined) {
    const name = `${error.code}${error.name === undefined ? '' : ` (${error.name})`}`;
    texts.push(`Since when and in which data centres the zone has error ${name}, and at what share of requests.`);
  }
  const [first] = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const verdict = reports.length === 0 ? undefined : worstOf(reports.map((report) => report.verdict));
  if (first !== undefined) {
    texts.push(`Whether the first finding explains it: ${shortened(first.says, longest)}`);
  } else if (verdict === 'ok') {
    texts.push(
      'Why the edge does not get what is well when it is asked for from here: the way from the edge to the origin.',
    );
  }
  if (railgun !== undefined && causes.length > 0) {
    texts.push('What the other end of Railgun recorded at the times that are given above.');
  }
  if (partsThatAre(facts, 'collected').some(({ part }) => part.file.startsWith('route-to-cloudflare'))) {
    texts.push('The way back, from the edge to the origin: the one from here is in route-to-cloudflare-1.txt.');
  }
  return texts.flatMap((text) => wrappedLines('- ', printable(text)));
}
