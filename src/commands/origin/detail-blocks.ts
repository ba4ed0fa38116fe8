import type { Block } from '../../model/block.js';
import type { SeenFacts } from './facts.js';
import { stageTable } from './stage-table.js';
import { placeText, statusText } from './text.js';
import { codeText, judgementOf } from './verdict.js';

/** Attempts that are listed with --verbose. */
const most = 100;

/** The raw signals beside the conclusions. */
export function verboseBlocks(facts: SeenFacts): Block[] {
  return [
    ...addressTable(facts),
    ...headerTable('Header', facts.http?.headers),
    ...chainTable(facts),
    ...headerTable('Header through Cloudflare', facts.public?.http?.headers),
    ...headerTable('/cdn-cgi/trace', facts.public?.trace),
    ...railgunTable(facts),
    ...notOfferedNote(facts),
  ];
}

function addressTable(facts: SeenFacts): Block[] {
  const rows = facts.addresses.flatMap((address) =>
    address.attempts.map((attempt) => [
      placeText(address),
      address.kind,
      address.from,
      attempt.at,
      attempt.http === undefined ? '' : statusText(attempt.http),
      codeText(judgementOf(attempt, facts)),
    ]),
  );
  const titles = ['Address', 'Kind', 'From', 'Asked at', 'Answer', 'Visitors get'];
  return tableOf(titles, rows.slice(0, most));
}

function headerTable(title: string, values: Readonly<Record<string, string>> = {}): Block[] {
  return tableOf([title, 'Value'], Object.entries(values));
}

function chainTable({ tls }: SeenFacts): Block[] {
  const rows = (tls?.chain?.chain ?? []).map(({ subject, issuer, notBefore, notAfter, san, fingerprint256 }) => [
    subject,
    issuer,
    `${notBefore} to ${notAfter}`,
    san.join(', '),
    fingerprint256,
  ]);
  return tableOf(['Certificate', 'Issuer', 'Valid', 'Names', 'SHA-256'], rows);
}

function railgunTable({ railgun }: SeenFacts): Block[] {
  if (railgun === undefined || railgun.stages.length === 0) return [];
  return [
    { kind: 'heading', text: 'Stages through rg-listener', verbose: true },
    { ...stageTable(railgun.stages), verbose: true },
  ];
}

function notOfferedNote({ notOffered }: SeenFacts): Block[] {
  if (notOffered.length === 0) return [];
  return [
    { kind: 'note', text: `Cloudflare offers, and this OpenSSL has not: ${notOffered.join(', ')}`, verbose: true },
  ];
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  if (rows.length === 0) return [];
  const columns = titles.map((title) => ({ title, align: 'left' as const }));
  return [{ kind: 'table', columns, rows, verbose: true }];
}
