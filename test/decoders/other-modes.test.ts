import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainFacts, Defect } from '../../src/decoders/chain-facts.js';
import type { EdgeMode } from '../../src/decoders/edge-verdict.js';
import { edgeWay } from '../../src/decoders/edge-way.js';
import { type StageName, type StageSeen, stageNames } from '../../src/decoders/origin-stages.js';
import {
  certificateUnder,
  isVerdict,
  type ModesView,
  type OtherMode,
  otherModes,
  refusal,
  type WaySeen,
} from '../../src/decoders/other-modes.js';
import { type Failure, type FailureCode, failureCodes } from '../../src/model/failure.js';

const modes = ['off', 'flexible', 'full', 'strict', 'origin-pull'] as const;

function failureOf(code: FailureCode, more: Partial<Failure> = {}): Failure {
  return { code, step: 'exchange', blame: 'target', detail: `seen: ${code}`, ...more };
}

type Became = 'pass' | 'skip' | Failure;

/** All stages pass but those that are named; behind one that failed, the rest is skipped. */
function way(became: Partial<Record<StageName, Became>>, status?: number, chain?: ChainFacts): WaySeen {
  const firstFailure = stageNames.findIndex((stage) => typeof became[stage] === 'object');
  const stages = stageNames.map((stage, place): StageSeen => {
    const seen = became[stage] ?? (firstFailure >= 0 && place > firstFailure ? 'skip' : 'pass');
    if (seen === 'pass') return { stage, status: 'pass', says: 'fine' };
    if (seen === 'skip') return { stage, status: 'skip', reason: 'skipped' };
    return { stage, status: 'fail', failure: seen };
  });
  return { stages, ...(status !== undefined && { status }), ...(chain !== undefined && { chain }) };
}

/** As the mode Full sees a flawed certificate: a warning, and it goes on. */
function warned(seen: WaySeen, code: FailureCode): WaySeen {
  const stages = seen.stages.map(
    (one): StageSeen =>
      one.stage === 'certificate' ? { stage: 'certificate', status: 'warn', failure: failureOf(code) } : one,
  );
  return { ...seen, stages };
}

const withoutTls = { tls: 'skip', certificate: 'skip' } as const;

function chainWith(...defectDetails: readonly Defect[]): ChainFacts {
  return {
    chain: [],
    leaf: 0,
    path: [{ element: 0, subject: 'CN=leaf', notAfter: '2030-01-01T00:00:00Z' }],
    verified: defectDetails.length === 0,
    defects: [...new Set(defectDetails.map(({ code }) => code))],
    defectDetails,
    daysRemaining: 30,
    secondsRemaining: 30 * 86_400,
  };
}

const selfSigned = chainWith({ code: 'self-signed', element: 0, detail: 'signed by itself' });

function view(mode: EdgeMode, seen: WaySeen, more: Partial<ModesView> = {}): ModesView {
  return { mode, seen, scheme: 'https', port: 443, profile: '2026', ...more };
}

/** `526`, `healthy`, or why it cannot be told. */
function told(of: ModesView): Partial<Record<EdgeMode, string | number>> {
  const text = (other: OtherMode) => ('undetermined' in other ? other.undetermined : (other.code ?? other.name));
  return Object.fromEntries(otherModes(of).map((other) => [other.mode, text(other)]));
}

const notSeen = (mode: EdgeMode) => ({ [mode]: `not looked at: --mode ${mode}` });

describe('what the other modes would do', () => {
  it('where all is well on 443, and port 80 was not looked at', () => {
    expect(told(view('strict', way({}, 200, chainWith())))).toEqual({
      ...notSeen('off'),
      ...notSeen('flexible'),
      full: 'healthy',
      'origin-pull': 'healthy',
    });
  });

  it('where port 80 was looked at too', () => {
    const seen = way({}, 200, chainWith());
    const plain = way({ dns: 'skip', ...withoutTls }, 200);
    expect(told(view('full', seen, { plain }))).toEqual({
      off: 'healthy',
      flexible: 'healthy',
      strict: 'healthy',
      'origin-pull': 'healthy',
    });
    const refused = way({ ...withoutTls, tcp: failureOf('connection-refused') });
    expect(told(view('full', seen, { plain: refused }))).toMatchObject({ off: 521, flexible: 521 });
    const silent = way({ ...withoutTls, response: failureOf('timeout') });
    expect(told(view('full', seen, { plain: silent }))).toMatchObject({ off: 524, flexible: 524 });
    expect(told(view('full', seen, { plain: way(withoutTls, 503) }))).toMatchObject({ off: 503, flexible: 503 });
    const loop = way({ ...withoutTls, response: failureOf('redirect-loop') }, 301);
    expect(otherModes(view('full', seen, { plain: loop }))[0]).toEqual({
      mode: 'off',
      code: 301,
      name: 'Redirect loop',
    });
  });

  it('where nobody waited for port 80', () => {
    const plain = way({ ...withoutTls, tcp: failureOf('timeout', { byRun: true }) });
    expect(told(view('full', way({}, 200), { plain }))).toMatchObject({ off: 'the run ended before this was over' });
  });

  it('where a certificate is flawed that was asked for under Full', () => {
    const seen = warned(way({}, 200, selfSigned), 'self-signed');
    expect(told(view('full', seen))).toMatchObject({ strict: 526, 'origin-pull': 526 });
  });

  it('where a certificate was refused under strict: nobody has seen what comes behind it', () => {
    const seen = way({ certificate: failureOf('self-signed') }, undefined, selfSigned);
    expect(told(view('strict', seen))).toMatchObject({ ...notSeen('full'), 'origin-pull': 526 });
  });

  it('where a certificate is flawed, and something else is wrong as well', () => {
    const seen = warned(way({ response: failureOf('timeout') }, undefined, selfSigned), 'self-signed');
    expect(told(view('full', seen))).toMatchObject({ strict: 526, 'origin-pull': 526 });
    expect(told(view('strict', way({ tls: failureOf('tls-alert') }, undefined, selfSigned)))).toMatchObject({
      full: 525,
      'origin-pull': 525,
    });
  });

  it('where there is no TLS, but HTTP', () => {
    const seen = way({ tls: failureOf('not-tls') });
    expect(told(view('strict', seen, { plain: way(withoutTls, 200) }))).toEqual({
      off: 'healthy',
      flexible: 'healthy',
      full: 525,
      'origin-pull': 525,
    });
  });

  it('where only HTTP was looked at', () => {
    expect(told(view('flexible', way(withoutTls, 200)))).toEqual({
      off: 'healthy',
      ...notSeen('full'),
      ...notSeen('strict'),
      ...notSeen('origin-pull'),
    });
  });

  it('for a visitor over HTTP, whom all modes but one take to port 80', () => {
    const seen = way({ ...withoutTls, tcp: failureOf('connection-refused') });
    expect(told(view('strict', seen, { scheme: 'http', port: 80 }))).toEqual({
      off: 521,
      flexible: 521,
      full: 521,
      ...notSeen('origin-pull'),
    });
  });

  it('on 8443, where Flexible is Full, and Off is HTTP on that port', () => {
    const seen = warned(way({}, 200, selfSigned), 'self-signed');
    const plain = way(withoutTls, 200);
    expect(told(view('flexible', seen, { port: 8443, plain }))).toEqual({
      ...notSeen('off'),
      full: 'healthy',
      strict: 526,
      'origin-pull': 526,
    });
    expect(told(view('full', seen, { port: 8443 }))).toMatchObject({ flexible: 'healthy', strict: 526 });
  });

  it('where the name has no address, or one of Cloudflare', () => {
    const missing = view('strict', way({ dns: failureOf('name-not-found', { blame: 'resolver' }) }));
    expect(otherModes(missing)[2]).toEqual({ mode: 'full', code: 530, name: 'Origin DNS error', errorCode: 1016 });
    const own = view('strict', way({ dns: failureOf('cloudflare-address') }));
    expect(otherModes(own)[2]).toMatchObject({ mode: 'full', code: 403, errorCode: 1000 });
  });

  it('where only an address is known, whose name nobody can compare', () => {
    const chain = chainWith({ code: 'hostname-mismatch', element: 0, detail: 'for another name' });
    expect(told(view('full', way({}, 200, chain)))).toMatchObject({ strict: 526 });
    expect(told(view('full', way({}, 200, chain), { nameUnjudged: true }))).toMatchObject({ strict: 'healthy' });
  });
});

describe('why strict modes refuse a chain', () => {
  it('is nothing where it is good, or only not as it should be', () => {
    expect(refusal(chainWith())).toBeUndefined();
    const notes = ['weak-key', 'expiring-soon', 'chain-out-of-order', 'extra-certificate'] as const;
    expect(refusal(chainWith(...notes.map((code) => ({ code, detail: code }))))).toBeUndefined();
  });

  it('is every reason, each once, under the code of the first', () => {
    const chain = chainWith(
      { code: 'weak-key', element: 0, detail: 'short' },
      { code: 'certificate-expired', element: 0, detail: 'over' },
      { code: 'untrusted-issuer', detail: 'nobody knows it' },
      { code: 'certificate-expired', element: 0, detail: 'over' },
      { code: 'hostname-mismatch', element: 0, detail: 'for another name' },
    );
    expect(refusal(chain)).toEqual({
      code: 'certificate-expired',
      step: 'tls',
      blame: 'target',
      detail: 'over; nobody knows it; for another name',
    });
    expect(refusal(chain, true)?.detail).toBe('over; nobody knows it');
  });

  it.each([
    'certificate-expired',
    'certificate-not-yet-valid',
    'revoked',
    'self-signed',
    'untrusted-issuer',
    'missing-intermediate',
    'invalid-signature',
    'not-a-ca',
    'wrong-purpose',
    'constraint-violated',
    'hostname-mismatch',
  ] as const)('is %s', (code) => {
    expect(refusal(chainWith({ code, element: 0, detail: 'seen' }))).toMatchObject({ code, detail: 'seen' });
  });

  it('is not a name that only the common name carries: CN or SAN will do', () => {
    const mismatch: Defect = { code: 'hostname-mismatch', element: 0, detail: 'no SAN' };
    const commonName: Defect = { code: 'common-name-only', element: 0, detail: 'in the CN' };
    expect(refusal(chainWith(mismatch, commonName))).toBeUndefined();
  });

  it('is not what is wrong beside the path', () => {
    expect(refusal(chainWith({ code: 'certificate-expired', element: 3, detail: 'an old cross' }))).toBeUndefined();
  });
});

describe('a certificate under a mode', () => {
  const stageOf = (seen: WaySeen) => seen.stages.find(({ stage }) => stage === 'certificate');
  const refused = failureOf('self-signed', { step: 'tls', detail: 'signed by itself' });

  it('is judged by its chain, whatever was thought of it then', () => {
    const forged = way({}, 200, selfSigned);
    expect(stageOf(certificateUnder('strict', forged))).toEqual({
      stage: 'certificate',
      status: 'fail',
      failure: refused,
    });
    expect(stageOf(certificateUnder('full', forged))).toMatchObject({ status: 'warn', failure: refused });
    const slandered = way({ certificate: failureOf('self-signed') }, 200, chainWith());
    expect(stageOf(certificateUnder('strict', slandered))).toMatchObject({ status: 'pass' });
  });

  it('remains what it was where nobody could read a chain, or no handshake led to it', () => {
    const unread = way({ certificate: failureOf('malformed-certificate') });
    expect(stageOf(certificateUnder('origin-pull', unread))).toMatchObject({ status: 'fail' });
    expect(stageOf(certificateUnder('full', unread))).toMatchObject({ status: 'warn' });
    const plain = way(withoutTls, 200);
    expect(certificateUnder('strict', plain)).toEqual(plain);
    const demanded = way({ tls: failureOf('client-certificate-required') }, undefined, selfSigned);
    expect(certificateUnder('strict', demanded)).toEqual(demanded);
  });

  it('keeps its time, and comes to the same when it is judged again', () => {
    const timed = way({}, 200, selfSigned);
    const stages = timed.stages.map((one) => ({ ...one, ms: 0.9 }));
    const once = certificateUnder('strict', { ...timed, stages });
    expect(stageOf(once)).toMatchObject({ status: 'fail', ms: 0.9 });
    expect(certificateUnder('strict', once)).toEqual(once);
  });
});

describe('over all that can be seen', () => {
  const failure: fc.Arbitrary<Failure> = fc.record(
    {
      code: fc.constantFrom(...failureCodes),
      step: fc.constantFrom('resolve', 'connect', 'tls', 'exchange'),
      blame: fc.constantFrom('us', 'resolver', 'path', 'target'),
      detail: fc.string(),
      byRun: fc.constant(true as const),
    },
    { requiredKeys: ['code', 'step', 'blame', 'detail'] },
  );
  const outcome = (stage: StageName): fc.Arbitrary<StageSeen> =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ stage: fc.constant(stage), status: fc.constant('pass'), says: fc.string() }),
      },
      fc.record({ stage: fc.constant(stage), status: fc.constantFrom('fail', 'warn'), failure }),
      fc.record({ stage: fc.constant(stage), status: fc.constant('skip'), reason: fc.string() }),
    );
  const defect = fc.record(
    { code: fc.constantFrom(...failureCodes), element: fc.integer({ min: 0, max: 2 }), detail: fc.string() },
    { requiredKeys: ['code', 'detail'] },
  );
  const anyWay: fc.Arbitrary<WaySeen> = fc.record(
    {
      stages: fc.tuple(...stageNames.map(outcome)),
      chain: fc.array(defect, { maxLength: 3 }).map((defects) => chainWith(...defects)),
      status: fc.integer({ min: 100, max: 599 }),
    },
    { requiredKeys: ['stages'] },
  );
  const anyView: fc.Arbitrary<ModesView> = fc.record(
    {
      mode: fc.constantFrom(...modes),
      seen: anyWay,
      scheme: fc.constantFrom('https', 'http'),
      port: fc.oneof(fc.constantFrom(80, 443, 8080, 8443, 12345), fc.integer({ min: 1, max: 65535 })),
      plain: anyWay,
      profile: fc.constantFrom('2023', '2026'),
      nameUnjudged: fc.boolean(),
    },
    { requiredKeys: ['mode', 'seen', 'scheme', 'port', 'profile'] },
  );
  const isStrict = (mode: EdgeMode) => mode === 'strict' || mode === 'origin-pull';

  it('it names every mode but the one that was asked for, once, and is repeatable', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        const others = otherModes(of);
        expect(otherModes(of)).toEqual(others);
        expect(others.map(({ mode }) => mode)).toEqual(modes.filter((mode) => mode !== of.mode));
        for (const other of others) {
          if ('undetermined' in other) expect(other.undetermined).not.toBe('');
          else expect(other.name === 'healthy').toBe(other.code === null);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('no mode is healthy where a stage of its way failed, or its certificate is refused', () => {
    let healthy = 0;
    fc.assert(
      fc.property(anyView, (of) => {
        const asked = edgeWay(of.mode, of.scheme, of.port);
        for (const other of otherModes(of)) {
          if ('undetermined' in other || other.code !== null) continue;
          healthy += 1;
          const { scheme, port, mode } = edgeWay(other.mode, of.scheme, of.port);
          const isSame = scheme === asked.scheme && port === asked.port;
          const seen = isSame ? of.seen : of.plain;
          if (!isSame) expect([scheme, port]).toEqual(['http', 80]);
          const refused = isSame && of.seen.chain !== undefined ? refusal(of.seen.chain, of.nameUnjudged) : undefined;
          if (isStrict(mode)) expect(refused).toBeUndefined();
          // A chain is judged anew, and what strict modes refuse is only a flaw for the others.
          const isJudged = isSame && (of.seen.chain !== undefined || !isStrict(mode));
          const isForgiven = (stage: StageName) => stage === 'certificate' && isJudged;
          const failed = seen?.stages.filter(({ stage, status }) => status === 'fail' && !isForgiven(stage));
          expect(failed).toEqual([]);
          expect(seen?.stages.find(({ stage }) => stage === 'response')?.status).toBe('pass');
          expect(seen?.status ?? 0).toBeLessThan(500);
        }
      }),
      { numRuns: 5000 },
    );
    expect(healthy).toBeGreaterThan(500);
  });
});

it('a verdict has a code, and what cannot be told has none', () => {
  expect(isVerdict({ stage: 'tcp', why: 'nobody knows' })).toBe(false);
  const healthy = {
    code: null,
    name: 'healthy',
    stage: null,
    blame: null,
    passedThrough: false,
    profile: '2026',
  } as const;
  expect(isVerdict(healthy)).toBe(true);
});
