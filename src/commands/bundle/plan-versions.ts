import type { Planning, ProposedPart } from './plan.js';
import type { ProgramWords } from './planned-part.js';

/** Programs that have a part in it, and how each says its version. */
const programs: readonly ProgramWords[] = [
  { name: 'rg-listener', args: ['-version'] },
  { name: 'memcached', args: ['-V'] },
  { name: 'nginx', args: ['-v'] },
  { name: 'apache2', args: ['-v'] },
  { name: 'httpd', args: ['-v'] },
  { name: 'openssl', args: ['version'] },
];

/** Which programs are here, on which system. */
export function planOfVersions({ fileName }: Planning): ProposedPart[] {
  const names = programs.map(({ name, args }) => [name, ...args].join(' ')).join(', ');
  return [
    {
      kind: 'versions',
      file: fileName('versions', '', 'txt'),
      what: 'versions of the programs and of the system',
      how: names,
      evidence: [],
      named: false,
      from: { source: { kind: 'versions', programs } },
    },
  ];
}
