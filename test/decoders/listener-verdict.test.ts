import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CertificateFacts } from '../../src/decoders/certificate.js';
import type { ChainFacts } from '../../src/decoders/chain-facts.js';
import { decodeListenerLine } from '../../src/decoders/listener-log-line.js';
import { type ListenerOriginView, listenerVerdict } from '../../src/decoders/listener-verdict.js';
import { type StageName, type StageSeen, stageNames } from '../../src/decoders/origin-stages.js';
import { type Blame, type Failure, type FailureCode, failureCodes } from '../../src/model/failure.js';

const at = '192.0.2.1:443/www.example.com';
const base = { tls: true, destination: '192.0.2.1:443', host: 'www.example.com', validateCert: true } as const;

function failureOf(code: FailureCode, blame: Blame = 'target', more: Partial<Failure> = {}): Failure {
  return { code, step: 'exchange', blame, detail: `seen: ${code}`, ...more };
}

function failing(stage: StageName, failure: Failure): StageSeen[] {
  const place = stageNames.indexOf(stage);
  return stageNames.map((name, index): StageSeen => {
    if (index < place) return { stage: name, status: 'pass', says: 'fine' };
    if (index > place) return { stage: name, status: 'skip', reason: `${stage} failed` };
    return { stage: name, status: 'fail', failure };
  });
}

const passing = stageNames.map((stage): StageSeen => ({ stage, status: 'pass', says: 'fine' }));

const leaf: CertificateFacts = {
  subject: 'CN=example.org',
  issuer: 'CN=A',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  san: ['example.org', 'example.net'],
  serial: '01',
  fingerprint256: '00',
  keyType: 'RSA',
  keyBits: 2048,
  signature: 'sha256WithRSAEncryption',
  isCa: false,
  selfSigned: false,
};

function chainOf(...codes: readonly FailureCode[]): ChainFacts {
  return {
    chain: [leaf],
    leaf: 0,
    path: [{ element: 0, subject: leaf.subject, notAfter: leaf.notAfter }],
    verified: codes.length === 0,
    defects: codes,
    defectDetails: codes.map((code) => ({ code, element: 0, detail: code })),
    daysRemaining: 10,
    secondsRemaining: 864_000,
  };
}

const of = (view: Partial<ListenerOriginView>) => listenerVerdict({ ...base, stages: passing, ...view });

describe('what rg-listener logs, and visitors get', () => {
  it.each([
    ['tcp', 'timeout', true, `connection failed ${at}: dial tcp 192.0.2.1:443: i/o timeout`],
    ['tcp', 'timeout', false, `connection failed ${at}: dial tcp 192.0.2.1:443: i/o timeout`],
    ['tcp', 'connection-refused', true, `connection failed ${at}: dial tcp 192.0.2.1:443:connection refused`],
    ['tcp', 'connection-refused', false, 'Error getting page: dial tcp 192.0.2.1:443:connection refused'],
    ['tcp', 'no-route', true, undefined],
    ['tcp', 'host-unreachable', true, undefined],
    ['tls', 'tls-protocol-mismatch', true, undefined],
    ['tls', 'timeout', true, undefined],
    ['request', 'request-unacknowledged', true, `no response from origin (timeout) ${at}`],
    ['request', 'connection-reset', true, undefined],
    ['response', 'timeout', true, `no response from origin (timeout) ${at}`],
    ['response', 'connection-closed', true, undefined],
    ['response', 'malformed-response', false, undefined],
    ['response', 'answer-too-long', false, undefined],
    ['certificate', 'malformed-certificate', true, undefined],
  ] as const)('%s fails with %s (TLS: %s)', (stage, code, tls, logLine) => {
    const stages = failing(stage, failureOf(code, 'path'));
    const told = { stage, blame: 'path', ...(logLine !== undefined && { logLine }) };
    expect(of({ stages, tls })).toEqual({ code: 527, ...told });
    expect(of({ stages, tls, version: '5.2.0' })).toEqual({ code: 502, ...told });
  });

  it('a handshake that the origin breaks off, with the alert that has words', () => {
    const stages = failing('tls', failureOf('tls-alert', 'target', { alert: 40 }));
    const logLine = `connection failed ${at}: remote error: handshake failure`;
    for (const validateCert of [true, false]) {
      expect(of({ stages, validateCert })).toEqual({ code: 527, logLine, stage: 'tls', blame: 'target' });
    }
  });

  it('a certificate for another host, where validate.cert is 1', () => {
    const chain = chainOf('hostname-mismatch');
    const logLine = `connection failed ${at}: x509: certificate is valid for example.org, example.net, not www.example.com`;
    expect(of({ chain })).toEqual({ code: 527, logLine, stage: 'certificate', blame: 'target' });
    expect(of({ chain, version: '5.1.0' })).toMatchObject({ code: 502, logLine });
    expect(of({ chain, validateCert: false })).toEqual({ code: null });
  });

  it('an authority that ca.bundle does not have: 520 in every version, or 527 where there is one', () => {
    const chain = chainOf('self-signed');
    const stages = failing('certificate', failureOf('self-signed'));
    const logLine =
      'www.example.com origin request failed 192.0.2.1:443 to %!!(MISSING)s(MISSING): x509: certificate signed by unknown authority';
    const told = { code: 520, logLine, stage: 'certificate', blame: 'target' };
    expect(of({ stages, chain, version: '5.2.0' })).toEqual(told);
    for (const version of ['5.3.3', '']) expect(of({ stages, chain, version })).toEqual({ ...told, otherCode: 527 });
  });

  it('a certificate that has expired: no page shows the words', () => {
    expect(of({ chain: chainOf('certificate-expired') })).toEqual({ code: 527, stage: 'certificate', blame: 'target' });
  });

  it('what Go does not look at is no failure', () => {
    expect(of({ chain: chainOf('revoked', 'weak-key') })).toEqual({ code: null });
    const revoked = passing.map(
      (seen): StageSeen =>
        seen.stage === 'certificate' ? { stage: 'certificate', status: 'fail', failure: failureOf('revoked') } : seen,
    );
    expect(of({ stages: revoked, chain: chainOf('revoked') })).toEqual({ code: null });
  });

  it('the certificate comes before what fails behind it, and after what fails before it', () => {
    const chain = chainOf('self-signed');
    expect(of({ stages: failing('response', failureOf('timeout')), chain })).toMatchObject({ stage: 'certificate' });
    expect(of({ stages: failing('tcp', failureOf('timeout')), chain })).toMatchObject({ stage: 'tcp' });
  });

  it('the origin’s own errors are passed on', () => {
    expect(of({ status: 503 })).toEqual({ code: 503, stage: 'response', blame: 'target' });
    const stages = failing('response', failureOf('origin-error'));
    expect(of({ stages, status: 500, version: '5.0.0' })).toEqual({ code: 500, stage: 'response', blame: 'target' });
    expect(of({ stages: failing('response', failureOf('not-the-origin')), status: 403 })).toMatchObject({ code: 403 });
  });

  it('nothing, where all is well or only redirected', () => {
    expect(of({ status: 200 })).toEqual({ code: null });
    expect(of({ status: 404 })).toEqual({ code: null });
    expect(of({ stages: failing('response', failureOf('redirect-loop')), status: 301 })).toMatchObject({ code: null });
  });
});

describe('the version of rg-listener', () => {
  const stages = failing('tcp', failureOf('timeout'));

  it.each([
    ['5.3.0', 527],
    ['5.3.3', 527],
    ['5.10', 527],
    ['6', 527],
    ['10.0.0', 527],
    ['5', 527],
    ['', 527],
    ['unknown', 527],
    ['5.2.9', 502],
    ['v5.2.0', 502],
    [' 5.2', 502],
    ['4.99.0', 502],
    ['2', 502],
  ])('%j: %i', (version, code) => {
    expect(of({ stages, version }).code).toBe(code);
  });
});

describe('nobody can say', () => {
  it.each([
    ['the run ended', failing('tcp', failureOf('timeout', 'path', { byRun: true }))],
    ['on this machine', failing('tcp', failureOf('address-unavailable', 'us'))],
    ['no address', failing('dns', failureOf('name-not-found', 'resolver'))],
    ['status is not known', failing('response', failureOf('origin-error'))],
    ['no answer', []],
  ])('%s', (why, stages) => {
    const verdict = of({ stages });
    expect('code' in verdict).toBe(false);
    expect(verdict.why).toContain(why);
  });
});

describe('over all outcomes', () => {
  const failure: fc.Arbitrary<Failure> = fc.record(
    {
      code: fc.constantFrom(...failureCodes),
      step: fc.constantFrom('connect', 'tls', 'exchange'),
      blame: fc.constantFrom('us', 'resolver', 'path', 'target'),
      detail: fc.string(),
      byRun: fc.constant(true as const),
      alert: fc.constantFrom(40, 112),
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
  const anyView: fc.Arbitrary<ListenerOriginView> = fc.record(
    {
      stages: fc.tuple(...stageNames.map(outcome)),
      tls: fc.boolean(),
      destination: fc.constantFrom('192.0.2.1:80', '[2001:db8::1]:443'),
      host: fc.domain(),
      validateCert: fc.boolean(),
      chain: fc.array(fc.constantFrom(...failureCodes), { maxLength: 3 }).map((codes) => chainOf(...codes)),
      status: fc.integer({ min: 100, max: 599 }),
      version: fc.oneof(fc.string(), fc.constantFrom('5.2.0', '5.3.0')),
    },
    { requiredKeys: ['stages', 'tls', 'destination', 'host', 'validateCert'] },
  );

  it('it is total, repeatable, logs nothing that is not a line of rg-listener, and is well only with an answer', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const verdict = listenerVerdict(view);
        expect(listenerVerdict(view)).toEqual(verdict);
        expect(verdict.code === undefined).toBe(verdict.why !== undefined);
        if (verdict.code !== null && verdict.code !== undefined) expect(verdict.stage).toBeDefined();
        if (verdict.logLine !== undefined) {
          expect(decodeListenerLine(verdict.logLine)).toMatchObject({ row: { kind: 'error' } });
          expect([502, 520, 527]).toContain(verdict.code);
        }
        if (verdict.code === null && verdict.stage === undefined) {
          expect(view.stages.find(({ stage }) => stage === 'response')?.status).toBe('pass');
          const failed = view.stages.filter(({ status }) => status === 'fail').map(({ stage }) => stage);
          expect(failed.filter((stage) => stage !== 'certificate')).toEqual([]);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
