import type { Metric } from '../../model/metric.js';
import type { ConfigCheckFacts } from './facts.js';

/** The numbers of the files: what is set, what is mapped, and how long the certificate on the WAN port holds. */
export function metricsOf({ configs, maps, observedAt }: ConfigCheckFacts): Metric[] {
  return [
    ...configs.map(({ path, settings }) =>
      metric('config_settings', 'How many lines of railgun.conf set a key.', settings.length, path),
    ),
    ...maps.map(({ path, entries }) =>
      metric(
        'config_mapped_hosts',
        'How many hosts railgun-nat.conf names.',
        new Set(entries.filter(({ isDefault }) => !isDefault).map(({ name }) => name)).size,
        path,
      ),
    ),
    ...configs.flatMap(({ path, files }) => {
      const leaf = files.find(({ key }) => key === 'cert.file')?.certificates?.[0];
      if (leaf === undefined) return [];
      const seconds = Math.floor((Date.parse(leaf.notAfter) - Date.parse(observedAt)) / 1000);
      const help = 'Seconds until the certificate in cert.file expires; negative when it has.';
      const expiry = metric('config_certificate_expiry_seconds', help, seconds, path);
      return [{ ...expiry, unit: 'seconds' as const, alarm: 'below' as const }];
    }),
  ];
}

function metric(name: string, help: string, value: number, file: string): Metric {
  return { name, help, unit: 'count', value, labels: { file } };
}
