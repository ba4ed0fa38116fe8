import type { EdgeVerdict } from '../../../decoders/edge-verdict.js';
import type { StageName } from '../../../decoders/origin-stages.js';
import { edge5xxOf } from '../../../knowledge/edge-5xx.js';
import type { Failure, FailureCode } from '../../../model/failure.js';
import type { SeenFacts } from '../facts.js';
import { handshake, type Place, pastCloudflare, placeOf, stepsOf } from './edge-steps.js';

/** What to do next about an error, one step a line, with the values of this origin. */
export function remedyOf(facts: SeenFacts, verdict: EdgeVerdict, code: FailureCode | undefined): string {
  const place = placeOf(facts);
  const steps = stepsOf(verdict, code)(place);
  const number = verdict.errorCode ?? verdict.code;
  const explained = verdict.passedThrough && verdict.code !== null && verdict.code < 500;
  return [
    ...steps,
    ...(explained ? [] : [`Read about all causes: rg-diag explain ${number}`]),
    ...supportLines(verdict, place),
  ].join('\n');
}

/** What to do where nobody can tell what visitors get. */
export function undeterminedRemedyOf(facts: SeenFacts, stage: StageName, failure: Failure | undefined): string {
  const place = placeOf(facts);
  const { host, address, port } = place;
  if (failure === undefined && facts.stopped !== undefined) return moreTime;
  if (failure?.byRun === true) return moreTime;
  if (failure?.code === 'cloudflare-address') return pastCloudflare(host);
  if (failure?.step === 'input') return 'Check the names and the permissions of the files that were given.';
  if (failure?.step === 'resolve') {
    return `Ask another name server: rg-diag origin ${host} --resolver 1.1.1.1\nGive the address of the origin: rg-diag origin ${host} --ip ADDRESS`;
  }
  if (failure?.blame === 'us') {
    return `See what this machine can reach: rg-diag probe ${address} ${port}\nAsk from another machine; -4 and -6 choose the family of addresses.`;
  }
  if (stage === 'tls' || stage === 'certificate') return handshake(place).join('\n');
  return `Look closer at this step: rg-diag probe ${address} ${port}\nAsk from another machine, outside of the network of the origin.`;
}

const moreTime = 'Give the run more time with --timeout, or fewer targets and addresses.';

/** What Cloudflare's support asks for with this error; nothing where the error is the origin's own. */
function supportLines({ code, passedThrough }: EdgeVerdict, { host, facts }: Place): string[] {
  if (code === null || passedThrough) return [];
  const items = (edge5xxOf(code)?.support ?? []).filter(
    ({ says }) => facts.railgun !== undefined || !says.includes('Railgun'),
  );
  const ask = 'For support: add --ticket';
  if (items.length === 0) return [`${ask} to this command.`];
  const wanted = items.map(({ says, command }) =>
    command === undefined ? says : `${says} (${command.replaceAll('HOST', () => host)})`,
  );
  return [`${ask} to this command, and send with it ${wanted.join('; ')}.`];
}
