// The name server of a network namespace, where the system asks for names: port 53. Its table is its one argument, as
// JSON. Says that it is ready, and then what it is asked.
import { createDnsServer } from '../servers/dns.js';

await createDnsServer(JSON.parse(process.argv[2] ?? '{}'), 53);
process.stdout.write('ready\n');
