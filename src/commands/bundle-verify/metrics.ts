import type { Metric } from '../../model/metric.js';
import type { BundleVerifyFacts } from './facts.js';
import { isManifest, isUnchanged } from './file-state.js';

/** How many files are as they were, and how many secrets are in them. */
export function metricsOf(facts: BundleVerifyFacts): Metric[] {
  const readable = count(
    'bundle_verify_readable',
    'Whether the folder could be read (1) or not (0).',
    Number(facts.kind === 'bundle'),
  );
  if (facts.kind === 'failed') return [readable];
  const { files, manifest } = facts;
  const listed = files.filter((file) => file.listed !== undefined);
  const secrets = files.reduce((sum, { content }) => {
    return content?.state === 'read' ? sum + content.leaks.length + content.unmasked.count : sum;
  }, 0);
  return [
    readable,
    count('bundle_verify_files', 'Files and whatever else is in the folder.', files.length),
    count(
      'bundle_verify_changed',
      'Files that are not what the manifest says.',
      listed.filter((file) => !isUnchanged(file)).length,
    ),
    count(
      'bundle_verify_missing',
      'Files of the manifest that are not there.',
      manifest.state === 'read' ? manifest.missing.length : 0,
    ),
    count(
      'bundle_verify_unlisted',
      'What is in the folder and not in the manifest.',
      files.filter((file) => file.listed === undefined && !isManifest(file)).length,
    ),
    count('bundle_verify_secrets', 'Places at which there is a secret.', secrets),
  ];
}

function count(name: string, help: string, value: number): Metric {
  return { name, help, unit: 'count', value, labels: {} };
}
