import { listenerLogLines } from '../knowledge/listener-log-lines.js';
import type { Blame, Failure } from '../model/failure.js';
import type { ChainFacts } from './chain-facts.js';
import { decodeListenerLine, type ListenerLineParts, listenerLogLine } from './listener-log-line.js';
import { firstFailed, type StageName, type StageSeen } from './origin-stages.js';
import { type ListenerRefusal, listenerTlsOf } from './rg-listener-tls.js';

/** What was seen of an origin from where rg-listener is. */
export interface ListenerOriginView {
  readonly stages: readonly StageSeen[];
  /** The visitor asks for HTTPS, so that rg-listener speaks TLS with the origin. */
  readonly tls: boolean;
  /** `192.0.2.1:443`: where rg-listener connects to. */
  readonly destination: string;
  readonly host: string;
  /** What the authorities of ca.bundle make of the origin's certificates. */
  readonly chain?: ChainFacts;
  /** The effective validate.cert of railgun.conf. */
  readonly validateCert: boolean;
  /** The status of the origin's answer, where one came. */
  readonly status?: number;
  /** Of rg-listener, `5.3.1`; absent, or no version: today's is meant. */
  readonly version?: string;
}

/** What rg-listener makes of an origin. */
export interface ListenerVerdict {
  /** The status that visitors see; null: none on account of the origin; absent: nobody can say (see `why`). */
  readonly code?: number | null;
  /** Another source has another status for it, which visitors may see instead. */
  readonly otherCode?: number;
  /** What rg-listener would write into its log; absent where it writes nothing, or no published source shows the words. */
  readonly logLine?: string;
  /** Where it breaks; absent where nothing does. */
  readonly stage?: StageName;
  readonly blame?: Blame;
  /** Where `code` is absent: what is in the way, without a full stop. */
  readonly why?: string;
}

/** What rg-listener would log about an origin, and what visitors would see. Pure and total. */
export function listenerVerdict(view: ListenerOriginView): ListenerVerdict {
  const { stages, validateCert, chain } = view;
  // Certificates are judged below, by rg-listener's own rules: Cloudflare's edge refuses others than Go does.
  const byGo = validateCert && chain !== undefined ? certificateRefusal(view, chain) : undefined;
  const ownStages = stages.filter(({ stage }) => stage !== 'certificate' || (validateCert && chain === undefined));
  const failed = firstFailed(ownStages);
  const isBefore = failed !== undefined && failed.stage !== 'request' && failed.stage !== 'response';
  if (byGo !== undefined && !isBefore) return withLine(view, byGo, 'certificate', 'target');
  if (failed !== undefined) return ofFailure(view, failed.stage, failed.failure);
  const { status } = view;
  if (status !== undefined && status >= 500 && status <= 599)
    return { code: status, stage: 'response', blame: 'target' };
  if (ownStages.some(({ stage, status: seen }) => stage === 'response' && seen === 'pass')) return { code: null };
  return { why: 'no answer of the origin was seen' };
}

function ofFailure(view: ListenerOriginView, stage: StageName, failure: Failure): ListenerVerdict {
  const { tls, destination, host, status } = view;
  const { code, blame, detail, byRun } = failure;
  if (byRun === true) return { stage, blame, why: 'the run ended before this was over' };
  if (blame === 'us') return { stage, blame, why: `it failed on this machine and not at the origin: ${detail}` };
  // It asks no name server: the address comes with the request, or from railgun-nat.conf.
  if (stage === 'dns') return { stage, blame, why: `there is no address that rg-listener would connect to: ${detail}` };
  if (code === 'redirect-loop') return { code: null, stage, blame };
  // Answers like any other, as far as rg-listener can see.
  if (code === 'origin-error' || code === 'not-the-origin') {
    return status === undefined
      ? { stage, blame, why: `the status is not known: ${detail}` }
      : { code: status, stage, blame };
  }
  if (stage === 'tls') {
    const { validateCert0 } = listenerTlsOf({ host, destination, failure });
    return withLine(view, validateCert0 ?? {}, stage, blame);
  }
  const id = lineOf(stage, code, tls);
  const parts: ListenerLineParts = { destination, host };
  const refusal: ListenerRefusal =
    id === undefined ? {} : { logLine: listenerLogLine(id, parts), code: listenerLogLines[id].code };
  return withLine(view, refusal, stage, blame);
}

function lineOf(stage: StageName, code: string, tls: boolean) {
  if (stage === 'tcp' && code === 'timeout') return 'connection-timeout';
  if (stage === 'tcp' && code === 'connection-refused') return tls ? 'connection-refused' : 'page-refused';
  // Whether the request was acknowledged makes no difference to a program that waits for the answer.
  if (code === 'request-unacknowledged' || (stage === 'response' && code === 'timeout')) return 'no-response';
  return undefined;
}

function certificateRefusal({ host, destination }: ListenerOriginView, chain: ChainFacts): ListenerRefusal | undefined {
  return listenerTlsOf({ host, destination, chain }).validateCert1 ?? undefined;
}

function withLine(
  { version }: ListenerOriginView,
  { logLine, code = 527 }: ListenerRefusal,
  stage: StageName,
  blame: Blame,
): ListenerVerdict {
  const isOld = isBefore530(version);
  const seen = code === 527 && isOld ? listenerLogLines['connection-timeout'].codeBefore530 : code;
  const other = logLine === undefined ? undefined : decodeListenerLine(logLine)?.row.otherCode?.code;
  const otherCode = other === 527 && isOld ? undefined : other;
  return {
    code: seen,
    ...(otherCode !== undefined && { otherCode }),
    ...(logLine !== undefined && { logLine }),
    stage,
    blame,
  };
}

/** 527 came with 5.3.0 (Railgun changelog). */
function isBefore530(version: string | undefined): boolean {
  const [, major, minor] = /^v?(\d{1,6})(?:\.(\d{1,6}))?/.exec(version?.trim() ?? '') ?? [];
  if (major === undefined) return false;
  return Number(major) < 5 || (Number(major) === 5 && minor !== undefined && Number(minor) < 3);
}
