import { hostsInEvidence } from '../../decoders/evidence-hosts.js';
import { evidenceKindOf } from '../../decoders/evidence-kind.js';
import { ownNames } from '../../io/own-names.js';
import { familyOf } from '../../model/endpoint.js';
import type { BundleAsked, BundleTarget } from './facts.js';
import type { GatheredAll } from './gather.js';
import type { SettingsText } from './settings-texts.js';

/** Names that are taken. */
const mostNames = 100_000;

/**
 * Names of the estate: of this machine, of whatever is checked, and what every file that was gathered has where names stand. In lower
 * case.
 */
export function estateNames(
  { places }: BundleTarget,
  { zone }: BundleAsked,
  settings: readonly SettingsText[],
  { parts, doctor }: GatheredAll,
): readonly string[] {
  const names = new Set<string>();
  const add = (name: string) => {
    const bare = name.toLowerCase().replace(/^\*\./, '').replace(/\.$/, '');
    if (bare !== '' && familyOf(bare) === undefined && names.size < mostNames) names.add(bare);
  };
  for (const name of ownNames()) add(name);
  for (const { host } of places) add(host);
  // A zone may be given by its ID.
  if (zone?.includes('.') === true) add(zone);
  for (const { is, text } of settings) for (const name of hostsInEvidence(kinds[is], text)) add(name);
  for (const { part, gathered } of parts) {
    if (gathered.state !== 'collected') continue;
    const { text, from } = gathered;
    for (const name of hostsInEvidence(evidenceKindOf(part.file, text), text)) add(name);
    // What was laid out has names in pieces.
    if (from !== undefined) for (const name of hostsInEvidence('report', from.json)) add(name);
  }
  for (const { report } of doctor?.reports ?? [])
    for (const name of hostsInEvidence('report', JSON.stringify(report.facts))) add(name);
  return [...names];
}

const kinds = { map: 'railgun-nat', 'railgun.conf': 'railgun-conf', 'memcached.conf': 'conf' } as const;
