import { bracketed } from '../../model/endpoint.js';
import type { Attempt } from './facts.js';

/** `closed`: refused; `filtered`: no answer in time; `unreachable`: the system says that there is no way. */
export type State = 'open' | 'closed' | 'filtered' | 'unreachable';

/** What an attempt says about the port, in the words of rg-diag probe. */
export function stateOf({ failure }: Attempt): State {
  switch (failure?.code) {
    case undefined:
      return 'open';
    case 'connection-refused':
    case 'connection-reset':
      return 'closed';
    case 'timeout':
      return 'filtered';
    default:
      return 'unreachable';
  }
}

/** `127.0.0.1:443 is closed: connect ECONNREFUSED 127.0.0.1:443` */
export function attemptText(attempt: Attempt): string {
  const { address, port, failure, ms } = attempt;
  const where = `${bracketed(address)}:${port} is ${stateOf(attempt)}`;
  return failure === undefined ? `${where}, after ${ms.toFixed(1)} ms` : `${where}: ${failure.detail}`;
}
