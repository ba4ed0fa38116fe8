import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgedAnew, listenerRefusal } from '../../../src/commands/origin/anew.js';
import { explain } from '../../../src/commands/origin/explain.js';
import type { OriginFacts, SeenFacts } from '../../../src/commands/origin/facts.js';
import type { ChainFacts, Defect } from '../../../src/decoders/chain-facts.js';
import { resolvePointer } from '../../../src/model/pointer.js';

const folder = 'test/fixtures/explain/origin';

const saved = readdirSync(folder).flatMap((name): [string, SeenFacts][] => {
  const { facts }: { facts: OriginFacts } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  return facts.kind === 'origin' ? [[name.replace('.json', ''), facts]] : [];
});

// biome-ignore lint/suspicious/noExplicitAny: facts that somebody has edited are of any shape.
type Edited = any;

/** The places that hold a verdict of the edge: the facts themselves, and each attempt. */
const judged = (facts: Edited): Edited[] => [
  facts,
  ...facts.addresses.flatMap(({ attempts }: Edited) => attempts as Edited[]),
];

/** The certificate stages that a handshake led to. */
const certificates = (facts: Edited): Edited[] =>
  [...judged(facts), ...(facts.railgun === undefined ? [] : [facts.railgun])].flatMap(({ stages }) =>
    stages.some(({ stage, status }: Edited) => stage === 'tls' && status === 'pass')
      ? stages.filter(({ stage }: Edited) => stage === 'certificate')
      : [],
  );

function each<Item>(items: readonly Item[], edit: (item: Item) => unknown): void {
  for (const item of items) edit(item);
}

const healthy = { code: null, name: 'healthy', stage: null, blame: null, passedThrough: false, profile: '2026' };
const wrong = { ...healthy, code: 599, name: 'made up', stage: 'tcp', blame: 'path' };

const edits: Readonly<Record<string, (facts: Edited) => void>> = {
  'edge deleted': (facts) => each(judged(facts), (one) => delete one.edge),
  'edge healthy': (facts) => each(judged(facts), (one) => Object.assign(one, { edge: healthy })),
  'edge wrong': (facts) => each(judged(facts), (one) => Object.assign(one, { edge: wrong })),
  'undetermined deleted': (facts) => each(judged(facts), (one) => delete one.undetermined),
  'undetermined invented': (facts) =>
    each(judged(facts), (one) => Object.assign(one, { undetermined: { stage: 'dns', why: 'invented' } })),
  'otherModes empty': (facts) => Object.assign(facts, { otherModes: [] }),
  'otherModes deleted': (facts) => delete facts.otherModes,
  'otherModes all well': (facts) =>
    Object.assign(facts, {
      otherModes: ['off', 'flexible', 'full', 'strict'].map((mode) => ({ mode, code: null, name: 'healthy' })),
    }),
  'railgun without a verdict': ({ railgun = {} }) =>
    each(['code', 'logLine', 'stage', 'blame', 'why'], (key) => delete railgun[key]),
  'railgun healthy': ({ railgun = {} }) => Object.assign(railgun, { code: null, logLine: 'all is well' }),
  'railgun wrong': ({ railgun = {} }) => Object.assign(railgun, { code: 599, stage: 'tls', why: 'invented' }),
  'failing deleted': (facts) => delete facts.failing,
  'failing invented': (facts) => Object.assign(facts, { failing: { attempts: 7, failed: 3 } }),
  'share deleted': (facts) => delete facts.share,
  'share invented': (facts) => Object.assign(facts, { share: { host: 'x', tried: 3, dead: ['192.0.2.1'] } }),
  'decisive deleted': (facts) => delete facts.decisive,
  'decisive the last': (facts) => {
    const address = facts.addresses.length - 1;
    if (address >= 0) facts.decisive = { address, attempt: facts.addresses[address].attempts.length - 1 };
  },
  'certificate passed': (facts) => each(certificates(facts), (stage) => Object.assign(stage, { status: 'pass' })),
  'certificate failed': (facts) => each(certificates(facts), (stage) => Object.assign(stage, { status: 'fail' })),
  'certificate without a status': (facts) => each(certificates(facts), (stage) => delete stage.status),
};

/** What is concluded, but for where the evidence is: what was deleted is no evidence. */
function conclusionsOf(facts: SeenFacts) {
  const { findings, metrics } = explain(facts);
  return { findings: findings.map(({ evidence: _, ...finding }) => finding), metrics };
}

describe('facts with edited opinions are judged by what was seen', () => {
  it.each(Object.entries(edits))('%s', (_, edit) => {
    for (const [name, facts] of saved) {
      const edited: Edited = structuredClone(facts);
      edit(edited);
      expect(conclusionsOf(edited), name).toEqual(conclusionsOf(facts));
      for (const { evidence } of explain(edited).findings) {
        for (const pointer of evidence) expect(resolvePointer(edited, pointer), `${name} ${pointer}`).toBeDefined();
      }
    }
  });

  it('all of them at once', () => {
    for (const [name, facts] of saved) {
      const edited: Edited = structuredClone(facts);
      for (const edit of Object.values(edits)) edit(edited);
      expect(conclusionsOf(edited), name).toEqual(conclusionsOf(facts));
    }
  });
});

it('points at the attempt that decides, where another is on top', () => {
  const [, facts] = saved.find(([name]) => name === 'fails-now-and-then') ?? ['', undefined];
  if (facts === undefined) throw new Error('no such facts');
  const [first] = facts.addresses[0]?.attempts ?? [];
  const edited: Edited = { ...structuredClone(facts), stages: first?.stages, decisive: { address: 0, attempt: 0 } };
  const [error] = explain(edited).findings;
  expect(error).toMatchObject({ rule: 'origin/edge-error', status: 'fail' });
  expect(error?.evidence[0]).toMatch(/^\/addresses\/0\/attempts\/2\/stages\/\d\/failure$/);
});

it('never says two things of one certificate', () => {
  const [, facts] = saved.find(([name]) => name === 'certificate-self-signed-under-full') ?? ['', undefined];
  const edited: Edited = structuredClone(facts);
  edited.asked.mode = 'strict';
  for (const stage of certificates(edited)) {
    Object.assign(stage, { status: 'pass', says: 'fine' });
    delete stage.failure;
  }
  const { findings, blocks } = explain(edited);
  const statusOf = (id: string) => findings.find(({ rule }) => rule === id)?.status;
  expect([statusOf('origin/edge-error'), statusOf('origin/certificate')]).toEqual(['fail', 'fail']);
  expect(findings[0]?.says).toContain('visitors get 526');
  expect(findings.find(({ rule }) => rule === 'origin/other-modes')?.says).not.toMatch(/no error under [^;]*strict/i);
  expect(JSON.stringify(blocks)).not.toContain('fine');
});

it('comes to the same when it is judged once more', () => {
  for (const [name, facts] of saved) {
    const once = judgedAnew(facts);
    expect(judgedAnew(once), name).toEqual(once);
  }
});

describe('why rg-listener refuses a certificate', () => {
  const chainWith = (...defectDetails: readonly Defect[]): ChainFacts => ({
    chain: [],
    leaf: 0,
    path: [{ element: 0, subject: 'CN=leaf', notAfter: '2030-01-01T00:00:00Z' }],
    verified: false,
    defects: [...new Set(defectDetails.map(({ code }) => code))],
    defectDetails,
    daysRemaining: 30,
    secondsRemaining: 30 * 86_400,
  });
  const refused = (...defects: readonly Defect[]) =>
    listenerRefusal(chainWith(...defects), 'www.example.com', '10.0.0.5:443');

  it('is what Cloudflare refuses as well, or what Go alone does', () => {
    expect(refused()).toBeUndefined();
    expect(refused({ code: 'self-signed', element: 0, detail: 'by itself' })).toMatchObject({ code: 'self-signed' });
    const mismatch: Defect = { code: 'hostname-mismatch', element: 0, detail: 'no SAN' };
    expect(refused({ code: 'common-name-only', element: 0, detail: 'in the CN' }, mismatch)).toMatchObject({
      code: 'hostname-mismatch',
      detail: 'no SAN',
    });
    expect(refused({ code: 'origin-ca-unchecked', detail: 'of Origin CA' })).toMatchObject({
      code: 'origin-ca-unchecked',
    });
  });
});
