import type { EdgeVerdict } from '../../../decoders/edge-verdict.js';
import { isVerdict } from '../../../decoders/other-modes.js';
import type { Failure } from '../../../model/failure.js';
import type { Check, Rule } from '../../../model/rule.js';
import type { SeenFacts } from '../facts.js';
import { type PublicOutcome, publicOutcome, rayInBrackets } from '../public-outcome.js';
import { codeText, type Judgement, judgementOf } from '../verdict.js';
import { publicErrorCheck } from './public-error.js';

/** What Cloudflare answers to everybody, beside what the origin answers here. */
export const publicPath: Rule<SeenFacts> = {
  id: 'origin/public',
  means: 'What visitors get through Cloudflare is not what the direct path to this origin gives.',
  remedy: 'See what Cloudflare says of itself: rg-diag trace HOST.',
  cites: 'Cloudflare, 5xx errors @64b2464',
  skips: ({ public: path, asked, host }) => {
    if (path !== undefined) return undefined;
    return asked.public === 'never' ? 'not wanted: --public never' : `the name ${host} does not lead to Cloudflare`;
  },
  check(facts): Check {
    const { public: path = {}, host } = facts;
    const outcome = publicOutcome(path);
    const judgement = judgementOf(facts, facts);
    const direct = directOf(judgement);
    const trace = `See what Cloudflare says of itself: rg-diag trace ${host}`;
    switch (outcome.kind) {
      case 'failed':
        return failedCheck(outcome.failure, host);
      case 'elsewhere':
        return {
          status: 'note',
          says: `nothing in the public answer is of Cloudflare: ${host} does not lead to it from here`,
          evidence: ['/public'],
          remedy: `Set the record of ${host} to proxied, where Cloudflare is meant to be in between.\n${trace}`,
        };
      case 'challenge':
        return {
          status: 'note',
          says: `Cloudflare answers with a challenge (${outcome.status})${rayInBrackets(path)}: what visitors with a browser get was not seen`,
          evidence: ['/public/http'],
          remedy: 'Owner: look the ray id up in Security Events, and let this client pass to compare.',
          cites: 'Cloudflare, detecting a challenge page response',
        };
      case 'error':
        return publicErrorCheck(facts, outcome, direct);
      case 'answer':
        return answerCheck(facts, outcome, direct);
    }
  },
};

/** `healthy`, the verdict of an error, or nothing where nobody knows. */
function directOf(judgement: Judgement): 'healthy' | EdgeVerdict | undefined {
  if (!isVerdict(judgement)) return undefined;
  return judgement.code === null ? 'healthy' : judgement;
}

function failedCheck(failure: Failure, host: string): Check {
  const { byRun, blame, code, detail } = failure;
  const says = `the public path was not seen to its end: ${detail}`;
  const remedy = `See how far the way to Cloudflare goes: rg-diag trace ${host}`;
  const evidence = ['/public'];
  if (byRun === true || blame === 'us') return { status: 'note', says, evidence, remedy };
  return { status: 'warn', says, evidence, code, remedy };
}

function answerCheck(
  { public: path = {}, http, host }: SeenFacts,
  { status, cache }: Extract<PublicOutcome, { kind: 'answer' }>,
  direct: 'healthy' | EdgeVerdict | undefined,
): Check {
  const evidence = ['/public/http/status'];
  const answers = `Cloudflare answers ${status}${rayInBrackets(path)}`;
  if (direct === undefined) return { status: 'pass', says: `${answers} to everybody`, evidence };
  if (direct === 'healthy') {
    if (http === undefined || http.status === status) {
      return { status: 'pass', says: `${answers} to everybody, as the origin does`, evidence };
    }
    const says = `${answers} to everybody, where the origin answers ${http.status}`;
    const remedy =
      'Look for rules, Workers, redirects and the cache of the zone, and whether the two were asked for the same.';
    return { status: 'note', says, evidence: [...evidence, '/http/status'], remedy };
  }
  if (cache !== undefined) {
    const says = `${answers} out of its cache (${cache}), which hides that the origin fails`;
    const remedy = 'Ask for a page that is not cached, with --path.';
    return { status: 'note', says, evidence: [...evidence, '/public/http/headers'], remedy };
  }
  const remedy = [
    'If the origin admits Cloudflare’s addresses only, that is as it should be: then ask from a machine that it admits.',
    `Compare the addresses looked at here with the A and AAAA records of ${host} in the DNS app of Cloudflare.`,
  ].join('\n');
  const says = `${answers} to everybody, although the direct path from here gives ${codeText(direct)}: the origin may admit Cloudflare only, or Cloudflare has another address`;
  return { status: 'note', says, evidence, remedy };
}
