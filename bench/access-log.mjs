import { closeSync, openSync, writeSync } from 'node:fs';
import { random } from './random.mjs';

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15',
  'curl/7.64.1',
];

/**
 * Writes an access log in the combined format with a last column for Cf-Railgun: four fifths compressed, a tenth
 * direct, the rest streamed or absent.
 */
export function writeAccessLog(path, lines) {
  const below = random(1);
  const hex = (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const railgun = () => {
    const kind = below(20);
    if (kind === 0) return '-';
    if (kind === 1) return `${hex(10)} stream ${(below(1e6) / 1e6).toFixed(6)} 0010 5360`;
    if (kind < 4) return 'direct (starting new WAN connection)';
    const flags = ['0030', '0031', '0010', '0038'][below(4)];
    return `${hex(10)} ${(below(500) / 100).toFixed(2)} ${(below(200_000) / 1e6).toFixed(6)} ${flags} ${below(2) === 0 ? '5360' : '3350'}`;
  };
  const file = openSync(path, 'w');
  for (let done = 0; done < lines; ) {
    let text = '';
    for (const end = Math.min(lines, done + 5000); done < end; done++) {
      const address = `192.0.2.${below(256)}`;
      const time = `[20/Nov/2026:12:${String(Math.floor(done / 20_000) % 60).padStart(2, '0')}:${String(done % 60).padStart(2, '0')} +0000]`;
      const request = `"GET /shop/item/${below(100_000)}?ref=${hex(16)} HTTP/1.1" 200 ${100 + below(90_000)}`;
      text += `${address} - - ${time} ${request} "https://www.example.com/list?page=${below(500)}" "${agents[below(3)]}" "${railgun()}"\n`;
    }
    writeSync(file, text);
  }
  closeSync(file);
}
