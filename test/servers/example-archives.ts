import { archive, pair } from '../commands/har-sanitize/archives.js';

const url = 'https://www.example.com/account';
const cookie = pair('Cookie', 'session=4f9a1c7e22; lang=en');

/** An archive of a page of www.example.com, as it is through Cloudflare: the edge gets no answer in time. */
export const proxiedArchive = archive({
  url,
  requestHeaders: [cookie],
  status: 522,
  time: 19_300,
  timings: { blocked: 2, dns: 10, connect: 30, ssl: 20, send: 1, wait: 19_250, receive: 7 },
  responseHeaders: [pair('Server', 'cloudflare'), pair('CF-RAY', '8f0c1d2e3f4a5b6c-FRA')],
});

/** The same while Cloudflare is paused. */
export const pausedArchive = archive({
  url,
  requestHeaders: [cookie],
  time: 210,
  responseHeaders: [pair('Server', 'nginx')],
});
