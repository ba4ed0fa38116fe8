import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EdgeMode, type EdgeVerdict, edgeVerdict, type OriginView } from '../../src/decoders/edge-verdict.js';
import { type StageName, type StageSeen, stageNames } from '../../src/decoders/origin-stages.js';
import { edgeVerdicts } from '../../src/knowledge/edge-verdicts.js';
import { type Blame, type Failure, type FailureCode, failureCodes } from '../../src/model/failure.js';

const modes = ['off', 'flexible', 'full', 'strict', 'origin-pull'] as const;
const strictModes: readonly EdgeMode[] = ['strict', 'origin-pull'];

function failureOf(code: FailureCode, blame: Blame = 'target'): Failure {
  return { code, step: 'exchange', blame, detail: `seen: ${code}` };
}

/** All stages before pass, those behind it are skipped. */
function failing(stage: StageName, failure: Failure): StageSeen[] {
  const at = stageNames.indexOf(stage);
  return stageNames.map((name, place): StageSeen => {
    if (place < at) return { stage: name, status: 'pass', says: 'fine' };
    if (place > at) return { stage: name, status: 'skip', reason: `${stage} failed` };
    return { stage: name, status: 'fail', failure };
  });
}

const passing = stageNames.map((stage): StageSeen => ({ stage, status: 'pass', says: 'fine' }));

function view(stages: readonly StageSeen[], mode: EdgeMode = 'strict', status?: number): OriginView {
  return { stages, mode, profile: '2026', ...(status !== undefined && { status }) };
}

/** Written from Cloudflare's pages about its errors, not from the table that is tested. */
const expected: Readonly<Record<StageName, Readonly<Record<string, readonly [code: number, errorCode?: number]>>>> = {
  dns: {
    'name-not-found': [530, 1016],
    'no-address': [530, 1016],
    'cloudflare-address': [403, 1000],
    'private-address': [403, 1002],
  },
  tcp: {
    'connection-refused': [521],
    timeout: [522],
    'no-route': [523],
    'host-unreachable': [523],
  },
  tls: {
    'tls-alert': [525],
    'not-tls': [525],
    'tls-protocol-mismatch': [525],
    'tls-cipher-mismatch': [525],
    'client-certificate-required': [525],
    'tls-failed': [525],
    'connection-closed': [525],
    'connection-reset': [525],
    timeout: [525],
    'answer-too-long': [525],
    'malformed-certificate': [525],
  },
  certificate: {
    // What cannot be read cannot be validated.
    'malformed-certificate': [526],
    'certificate-expired': [526],
    'certificate-not-yet-valid': [526],
    revoked: [526],
    'self-signed': [526],
    'untrusted-issuer': [526],
    'missing-intermediate': [526],
    'invalid-signature': [526],
    'not-a-ca': [526],
    'constraint-violated': [526],
    'wrong-purpose': [526],
    'hostname-mismatch': [526],
  },
  request: {
    'request-unacknowledged': [522],
    timeout: [524],
  },
  response: {
    timeout: [524],
    'connection-closed': [520],
    'connection-reset': [520],
    'malformed-response': [520],
    'answer-too-long': [520],
    'incomplete-answer': [520],
    'unexpected-answer': [520],
    'http2-broken': [520],
    'broken-compression': [502],
    'not-the-origin': [403, 1000],
  },
};

/** What no page says in so many words: of these a reader should know that they are deduced. */
const inferred: Readonly<Record<StageName, readonly FailureCode[]>> = {
  dns: ['cloudflare-address', 'private-address'],
  tcp: [],
  tls: ['client-certificate-required', 'malformed-certificate', 'timeout', 'answer-too-long'],
  certificate: [
    'malformed-certificate',
    'missing-intermediate',
    'invalid-signature',
    'not-a-ca',
    'constraint-violated',
    'wrong-purpose',
  ],
  request: [],
  response: ['connection-reset', 'incomplete-answer', 'not-the-origin'],
};

const passedOn: readonly FailureCode[] = ['origin-error', 'redirect-loop'];

const names: Readonly<Record<string, string>> = {
  '403': 'DNS points to prohibited IP',
  '502': 'Bad gateway',
  '520': 'Web server returns an unknown error',
  '521': 'Web server is down',
  '522': 'Connection timed out',
  '523': 'Origin is unreachable',
  '524': 'A timeout occurred',
  '525': 'SSL handshake failed',
  '526': 'Invalid SSL certificate',
  '530': 'Origin DNS error',
};

const everyFailure = stageNames.flatMap((stage) => failureCodes.map((code) => [stage, code] as const));

describe('what visitors get', () => {
  it.each(stageNames)('where %s fails, for every failure code', (stage) => {
    for (const code of failureCodes) {
      const verdict = edgeVerdict(view(failing(stage, failureOf(code, 'path')), 'strict'));
      const [status, errorCode] = expected[stage][code] ?? [];
      if (status === undefined) expect([code, 'why' in verdict]).toEqual([code, true]);
      else {
        const error = {
          ...(errorCode !== undefined && { errorCode }),
          ...(inferred[stage].includes(code) && { inferred: true }),
        };
        const told = { code: status, name: names[status], stage, blame: 'path', passedThrough: false };
        expect([code, verdict]).toEqual([code, { ...told, ...error, profile: '2026' }]);
      }
    }
  });

  it.each([500, 501, 502, 503, 504, 520, 599])('is the origin’s own %i, where it answers with that', (status) => {
    const own = { code: status, stage: 'response', blame: 'target', passedThrough: true };
    for (const mode of modes) {
      expect(edgeVerdict(view(passing, mode, status))).toMatchObject(own);
      expect(edgeVerdict(view(failing('response', failureOf('origin-error')), mode, status))).toMatchObject(own);
    }
  });

  it('names the origin’s errors as Cloudflare’s pages do', () => {
    const named = [500, 502, 503, 504, 599].map((status) => edgeVerdict(view(passing, 'full', status)));
    expect(named.map((verdict) => 'name' in verdict && verdict.name)).toEqual([
      'Internal server error',
      'Bad gateway',
      'Service temporarily unavailable',
      'Gateway timeout',
      'Error 599 of the origin',
    ]);
  });

  it('names an error that the origin has made up as nobody’s', () => {
    expect(edgeVerdict(view(passing, 'full', 520))).toMatchObject({ name: 'Error 520 of the origin' });
    expect(edgeVerdict(view(passing, 'full', 501))).toMatchObject({ name: 'Not implemented' });
  });

  it('says nothing of being inferred where the origin’s own status is passed on, or nothing is wrong', () => {
    for (const status of [200, 502]) expect(edgeVerdict(view(passing, 'full', status))).not.toHaveProperty('inferred');
  });

  it('is a loop of redirects under Flexible, with the status of the redirect', () => {
    const loop = view(failing('response', failureOf('redirect-loop')), 'flexible', 301);
    expect(edgeVerdict(loop)).toMatchObject({ code: 301, name: 'Redirect loop', passedThrough: true });
    expect(edgeVerdict(view(loop.stages, 'flexible'))).toMatchObject({ stage: 'response', why: expect.any(String) });
  });

  it.each(modes)('is nothing where all is well, under %s', (mode) => {
    const healthy = { code: null, name: 'healthy', stage: null, blame: null, passedThrough: false, profile: '2026' };
    const plain = passing.map(
      (seen): StageSeen =>
        seen.stage === 'tls' || seen.stage === 'certificate'
          ? { stage: seen.stage, status: 'skip', reason: 'plain HTTP' }
          : seen,
    );
    expect(edgeVerdict(view(plain, mode, 200))).toEqual(healthy);
    expect(edgeVerdict(view(passing, mode, 404))).toEqual(healthy);
  });

  it('is nothing under Full, where the certificate is only flawed', () => {
    const flawed = passing.map(
      (seen): StageSeen =>
        seen.stage === 'certificate'
          ? { stage: 'certificate', status: 'warn', failure: failureOf('self-signed') }
          : seen,
    );
    expect(edgeVerdict(view(flawed, 'full', 200))).toMatchObject({ code: null });
  });
});

describe('nobody can say', () => {
  const whyOf = (of: OriginView) => {
    const verdict = edgeVerdict(of);
    return 'why' in verdict ? verdict : expect.fail(JSON.stringify(verdict));
  };

  it('where the run ended first', () => {
    const failure = { ...failureOf('timeout', 'path'), byRun: true } as const;
    expect(whyOf(view(failing('tcp', failure)))).toEqual({
      stage: 'tcp',
      why: 'the run ended before this was over',
    });
  });

  it('where it is this machine that fails', () => {
    expect(whyOf(view(failing('tcp', failureOf('connection-refused', 'us')))).why).toContain('on this machine');
  });

  it.each(['resolver-failed', 'resolver-unreachable', 'timeout'] as const)(
    'where names are looked up and it is %s',
    (code) => {
      expect(whyOf(view(failing('dns', failureOf(code, 'resolver')))).why).toContain('Cloudflare asks its own');
    },
  );

  it('where the system has one code for several causes', () => {
    expect(whyOf(view(failing('tcp', failureOf('prohibited', 'path')))).why).toContain('does not tell who');
  });

  it('where something failed that the edge does not do in this mode', () => {
    expect(whyOf(view(failing('certificate', failureOf('self-signed')), 'full')).why).toContain('under full');
    expect(whyOf(view(failing('tls', failureOf('tls-alert')), 'off')).why).toContain('under off');
  });

  it('where nothing failed, and no answer was seen', () => {
    expect(whyOf(view([]))).toEqual({ stage: 'response', why: 'no answer of the origin was seen' });
    const stopped = stageNames.map((stage): StageSeen => {
      if (stage === 'dns') return { stage, status: 'skip', reason: 'the address was given' };
      return stage === 'tcp' ? { stage, status: 'pass', says: '' } : { stage, status: 'skip', reason: 'interrupted' };
    });
    expect(whyOf(view(stopped))).toEqual({ stage: 'tls', why: 'it was not looked at: interrupted' });
    expect(whyOf(view(stopped, 'off'))).toEqual({ stage: 'request', why: 'it was not looked at: interrupted' });
  });

  it('where a strict mode wants a certificate judged that was not', () => {
    const unjudged = passing.map(
      (seen): StageSeen =>
        seen.stage === 'certificate' ? { stage: 'certificate', status: 'skip', reason: 'unreadable' } : seen,
    );
    expect(whyOf(view(unjudged, 'strict', 200))).toMatchObject({ stage: 'certificate' });
    expect(edgeVerdict(view(unjudged, 'full', 200))).toMatchObject({ code: null });
  });
});

describe('over all outcomes, modes and profiles', () => {
  const failure: fc.Arbitrary<Failure> = fc.record(
    {
      code: fc.constantFrom(...failureCodes),
      step: fc.constantFrom('resolve', 'connect', 'tls', 'request', 'exchange', 'decode'),
      blame: fc.constantFrom('us', 'resolver', 'path', 'target'),
      detail: fc.string(),
      byRun: fc.constant(true as const),
    },
    { requiredKeys: ['code', 'step', 'blame', 'detail'] },
  );
  const outcome = (stage: StageName): fc.Arbitrary<StageSeen> =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ stage: fc.constant(stage), status: fc.constant('pass'), says: fc.string() }),
      },
      fc.record({ stage: fc.constant(stage), status: fc.constantFrom('fail', 'warn'), failure }),
      fc.record({ stage: fc.constant(stage), status: fc.constant('skip'), reason: fc.string() }),
    );
  const stages = fc
    .tuple(...stageNames.map(outcome))
    .chain((all) => fc.subarray(all, { minLength: 0, maxLength: all.length }));
  const anyView: fc.Arbitrary<OriginView> = fc.record(
    {
      stages: fc.oneof(fc.tuple(...stageNames.map(outcome)), stages),
      mode: fc.constantFrom(...modes),
      profile: fc.constantFrom('2023', '2026'),
      status: fc.integer({ min: 100, max: 599 }),
    },
    { requiredKeys: ['stages', 'mode', 'profile'] },
  );

  const isVerdict = (seen: ReturnType<typeof edgeVerdict>): seen is EdgeVerdict => 'code' in seen;

  it('it is total, repeatable, and never healthy without an answer', () => {
    fc.assert(
      fc.property(anyView, (of) => {
        const verdict = edgeVerdict(of);
        expect(edgeVerdict(of)).toEqual(verdict);
        const failed = of.stages.find(({ status }) => status === 'fail');
        if (!isVerdict(verdict)) {
          expect(verdict.why).not.toBe('');
          expect(stageNames).toContain(verdict.stage);
          return;
        }
        expect(verdict.profile).toBe(of.profile);
        expect(verdict.name === 'healthy').toBe(verdict.code === null);
        expect([verdict.stage, verdict.blame].includes(null)).toBe(verdict.code === null);
        if (verdict.code === null) {
          expect(failed).toBeUndefined();
          expect(of.stages.find(({ stage }) => stage === 'response')?.status).toBe('pass');
          expect((of.status ?? 0) < 500).toBe(true);
        }
        if (failed !== undefined) expect(verdict.stage).toBe(failed.stage);
        if (verdict.passedThrough) expect([verdict.code, verdict.blame]).toEqual([of.status, 'target']);
        if (!verdict.passedThrough && verdict.code === 526) expect(strictModes).toContain(of.mode);
        if (!verdict.passedThrough && verdict.code === 525) expect(of.mode).not.toBe('off');
        if (verdict.blame === 'us') expect.fail('nothing is told of this machine');
      }),
      { numRuns: 20_000 },
    );
  });

  it('no failure of any stage is healthy, under any mode', () => {
    for (const [stage, code] of everyFailure) {
      for (const mode of modes) {
        const verdict = edgeVerdict({ ...view(failing(stage, failureOf(code)), mode, 200), profile: '2023' });
        expect([stage, code, mode, isVerdict(verdict) ? verdict.code : undefined]).not.toEqual([
          stage,
          code,
          mode,
          null,
        ]);
      }
    }
  });
});

describe('the table', () => {
  it('has exactly the failures that are expected, each once, each with a source', () => {
    const rows = edgeVerdicts.flatMap(({ stage, failures }) => failures.map((code) => `${stage} ${code}`));
    const wanted = Object.entries(expected).flatMap(([stage, codes]) =>
      Object.keys(codes).map((code) => `${stage} ${code}`),
    );
    expect(rows.sort()).toEqual([...wanted, ...passedOn.map((code) => `response ${code}`)].sort());
    for (const { failures } of edgeVerdicts) for (const code of failures) expect(failureCodes).toContain(code);
    for (const { source } of edgeVerdicts) expect(source).toMatch(/^Cloudflare/);
  });

  it('is in the order of the stages', () => {
    const order = edgeVerdicts.map(({ stage }) => stageNames.indexOf(stage));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});
