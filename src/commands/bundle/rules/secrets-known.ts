import type { Rule } from '../../../model/rule.js';
import { shortened } from '../../../model/shortened.js';
import type { BundleFacts } from '../facts.js';

/** Whether every file that names secrets could be read: what it names is then masked wherever it stands. */
export const secretsKnown: Rule<BundleFacts> = {
  id: 'bundle/secrets-known',
  means: 'What is secret in it is masked elsewhere only where a name or its shape gives it away.',
  remedy:
    'Run it as somebody who may read that file: with sudo.\nOr look through the bundle before it is sent: rg-diag bundle verify DIR --config FILE',
  cites: '',
  skips: ({ result }) => (redactionOf(result) === undefined ? 'nothing was masked' : undefined),
  check({ result }) {
    const unread = redactionOf(result)?.unread ?? [];
    const evidence = ['/result/redaction'];
    const [first] = unread;
    if (first === undefined) return { status: 'pass', says: 'every file that names secrets could be read', evidence };
    const says = `which secrets are in ${unread.map(({ path }) => shortened(path, 200)).join(', ')} is not known: ${shortened(first.failure.detail, 300)}`;
    return { status: 'warn', says, evidence: ['/result/redaction/unread'], code: first.failure.code };
  },
};

function redactionOf(result: BundleFacts['result']) {
  return result !== undefined && 'redaction' in result ? result.redaction : undefined;
}
