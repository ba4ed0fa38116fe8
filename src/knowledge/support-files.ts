import { sources } from './sources.js';

/** The types of files that Cloudflare support takes, by the end of the name. */
export const supportFileTypes: readonly {
  readonly type: string;
  readonly kind: 'text' | 'picture' | 'film' | 'packets';
}[] = [
  ...(['har', 'txt', 'csv', 'eml', 'css', 'html', 'json'] as const).map((type) => ({ type, kind: 'text' }) as const),
  ...(['png', 'jpg', 'gif', 'ico', 'tiff', 'tf'] as const).map((type) => ({ type, kind: 'picture' }) as const),
  ...(['mp4', 'avi', 'webm'] as const).map((type) => ({ type, kind: 'film' }) as const),
  ...(['pcap', 'pcapng', 'cap'] as const).map((type) => ({ type, kind: 'packets' }) as const),
];

/** Bytes that it takes of each. */
export const mostSupportBytes = 20_000_000;

export const supportFilesSource = sources.support;
