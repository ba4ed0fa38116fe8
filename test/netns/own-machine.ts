// Prints what src/io knows of the machine, or the network namespace, that it is started in, as JSON.
import { systemNameServer } from '../../src/io/name-servers.js';
import { hasAddressOf, ownAddresses } from '../../src/io/own-addresses.js';

process.stdout.write(
  JSON.stringify({
    nameServer: systemNameServer() ?? null,
    has4: hasAddressOf(4),
    has6: hasAddressOf(6),
    own: ownAddresses(),
  }),
);
