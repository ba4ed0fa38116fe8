import { sources } from './sources.js';

/** The types of files that Cloudflare support takes, by the end of the name: texts, pictures, films, packets. */
export const supportFileTypes: readonly string[] = [
  ...['har', 'txt', 'csv', 'eml', 'css', 'html', 'json', 'tf'],
  ...['png', 'jpg', 'gif', 'ico', 'tiff'],
  ...['mp4', 'avi', 'webm'],
  ...['pcap', 'pcapng', 'cap'],
];

/** Bytes that it takes of each. */
export const mostSupportBytes = 20_000_000;

export const supportFilesSource = sources.support;
