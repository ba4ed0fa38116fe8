import { edge1xxxOf } from '../knowledge/edge-1xxx.js';
import { edge5xxOf } from '../knowledge/edge-5xx.js';
import type { EdgeProfileId } from '../knowledge/edge-profiles.js';
import { edgeVerdicts } from '../knowledge/edge-verdicts.js';
import { isStrict } from '../knowledge/ssl-modes.js';
import type { Blame, Failure } from '../model/failure.js';
import { firstFailed, type StageName, type StageSeen } from './origin-stages.js';

/** The SSL/TLS modes of a zone, by which the edge decides how it speaks with an origin. */
export type EdgeMode = 'off' | 'flexible' | 'full' | 'strict' | 'origin-pull';

/** What visitors get from Cloudflare because of an origin. */
export interface EdgeVerdict {
  /** The status that visitors see; null: the origin causes no error. */
  readonly code: number | null;
  /** What Cloudflare calls it: `Connection timed out`; `healthy` where there is no error. */
  readonly name: string;
  /** Where it breaks; null where nothing does. */
  readonly stage: StageName | null;
  readonly blame: Blame | null;
  /** The status is the origin's own, which the edge only hands on. */
  readonly passedThrough: boolean;
  /** The 1xxx code that stands in the body of the error. */
  readonly errorCode?: number;
  /** No page says that this failure has this outcome: it follows from what the pages say of the error. */
  readonly inferred?: true;
  /** The published timers and limits that this was judged by. */
  readonly profile: EdgeProfileId;
}

/** Nobody can say from what was seen what visitors get, and why not. */
export interface Undetermined {
  readonly stage: StageName;
  /** What is in the way, without a full stop. */
  readonly why: string;
}

export interface OriginView {
  readonly stages: readonly StageSeen[];
  readonly mode: EdgeMode;
  readonly profile: EdgeProfileId;
  /** The status of the origin's answer, where one came. */
  readonly status?: number;
}

/** The error that visitors would get. Pure and total. */
export function edgeVerdict(view: OriginView): EdgeVerdict | Undetermined {
  const failed = firstFailed(view.stages);
  if (failed !== undefined) return ofFailure(view, failed.stage, failed.failure);
  const { status, profile } = view;
  if (status !== undefined && isServerError(status)) {
    return passedOn({ stage: 'response', status, name: nameOfOrigins(status), profile });
  }
  const open = unseen(view);
  if (open !== undefined) return open;
  return { code: null, name: 'healthy', stage: null, blame: null, passedThrough: false, profile };
}

function ofFailure(view: OriginView, stage: StageName, failure: Failure): EdgeVerdict | Undetermined {
  const { mode, profile, status } = view;
  const { code, blame, detail } = failure;
  if (failure.byRun === true) return { stage, why: 'the run ended before this was over' };
  // It is the user who does not say where the origin is.
  if (blame === 'us' && code === 'cloudflare-address') return { stage, why: addressUnknown(detail) };
  if (blame === 'us') return { stage, why: `it failed on this machine and not at the origin: ${detail}` };
  const rows = edgeVerdicts.filter((row) => row.stage === stage && row.failures.includes(code));
  const row = rows.find(({ modes }) => modes?.includes(mode) ?? true);
  if (row === undefined) return { stage, why: rows.length > 0 ? outOfMode(stage, mode) : withoutRow(stage, detail) };
  if (row.code === 'origin') {
    if (status === undefined) return { stage, why: `the status of the origin's answer is not known: ${detail}` };
    return passedOn({ stage, status, name: row.name ?? nameOfOrigins(status), profile });
  }
  const { errorCode, inferred } = row;
  const name = row.name ?? nameOf(row.code, errorCode);
  return {
    code: row.code,
    name,
    stage,
    blame,
    passedThrough: false,
    ...(errorCode !== undefined && { errorCode }),
    ...(inferred !== undefined && { inferred }),
    profile,
  };
}

/** Why nobody can tell: the name leads to Cloudflare, and the user gave no address of the origin. */
function addressUnknown(detail: string): string {
  return `the origin’s own address is not known here: ${detail}`;
}

function passedOn(seen: Pick<EdgeVerdict, 'stage' | 'name' | 'profile'> & { readonly status: number }): EdgeVerdict {
  const { status, ...rest } = seen;
  return { code: status, ...rest, blame: 'target', passedThrough: true };
}

function isServerError(status: number): boolean {
  return status >= 500 && status <= 599;
}

/** As Cloudflare calls it. */
function nameOf(code: number, errorCode: number | undefined): string {
  const name = errorCode === undefined ? edge5xxOf(code)?.title : edge1xxxOf(errorCode)?.name;
  return name ?? `Error ${errorCode ?? code}`;
}

/** Cloudflare's names of errors are for origins too, as long as these are errors that origins have. */
function nameOfOrigins(status: number): string {
  return (status < 520 ? edge5xxOf(status)?.title : undefined) ?? `Error ${status} of the origin`;
}

function outOfMode(stage: StageName, mode: EdgeMode): string {
  return stage === 'certificate'
    ? `the certificate was refused, which the edge does not look at under ${mode}`
    : `there was no TLS handshake, and under ${mode} the edge makes none`;
}

function withoutRow(stage: StageName, detail: string): string {
  if (stage === 'dns') return `the resolver here gave no answer, and Cloudflare asks its own: ${detail}`;
  // A policy of this machine, of a router or of the origin's firewall: the system has one code for all.
  if (stage === 'tcp') return `the system does not tell who is in the way: ${detail}`;
  return `no published page says what visitors get: ${detail}`;
}

/** What has to be seen before an origin may be called healthy, and was not. */
function unseen({ stages, mode }: OriginView): Undetermined | undefined {
  const of = (name: StageName) => stages.find(({ stage }) => stage === name);
  const response = of('response');
  // Where the edge speaks plain HTTP there is no certificate; where it does not, strict modes want it judged.
  const certificate = of('certificate');
  const wantsCertificate = of('tls')?.status === 'pass' && isStrict(mode);
  if (response?.status === 'pass') {
    if (!wantsCertificate || (certificate !== undefined && certificate.status !== 'skip')) return undefined;
    return { stage: 'certificate', why: `the certificate was not judged: ${certificate?.reason ?? 'not looked at'}` };
  }
  if (response?.status === 'warn')
    return { stage: 'response', why: `the answer is in doubt: ${response.failure.detail}` };
  // An address that was given leaves nothing to look up: a later stage has the better reason.
  const steps: readonly StageName[] = [
    'tcp',
    ...(hasTls(mode) ? (['tls'] as const) : []),
    'request',
    'response',
    'dns',
  ];
  const skipped = steps.map(of).find((seen) => seen?.status === 'skip');
  if (skipped?.status === 'skip') return { stage: skipped.stage, why: `it was not looked at: ${skipped.reason}` };
  return { stage: 'response', why: 'no answer of the origin was seen' };
}

function hasTls(mode: EdgeMode): boolean {
  return mode !== 'off' && mode !== 'flexible';
}
