import { addressKind } from '../../decoders/address-kind.js';
import { type EdgeRequest, http1Bytes, http2Headers } from '../../decoders/edge-request.js';
import type { Scheme } from '../../decoders/edge-way.js';
import { createResponseReader, type HttpResponse } from '../../decoders/http-response.js';
import { compressedBody, type OriginRequestView, originAnswerFailure } from '../../decoders/origin-answer.js';
import { type StageSeen, withSkipped } from '../../decoders/origin-stages.js';
import { connect } from '../../io/connect.js';
import { type ExchangeTimes, exchange } from '../../io/exchange.js';
import { hasAddressOf } from '../../io/own-addresses.js';
import { type Ends, unacknowledgedBytes } from '../../io/unacknowledged.js';
import { toMicrosecond } from '../../model/duration.js';
import type { Failure } from '../../model/failure.js';
import { destinationText } from '../../model/network.js';
import { type Answered, http1Answered, http2Answered } from './answered.js';
import type { OriginTls } from './facts.js';
import type { Address } from './places.js';
import type { Security } from './secure.js';

/** How somebody (the edge, rg-listener) fetches a page from an origin. */
export interface Way {
  readonly scheme: Scheme;
  /** The name of the page: for SNI and for the certificate. */
  readonly host: string;
  readonly request: EdgeRequest;
  /** Seconds for a SYN to be answered, and for a handshake. */
  readonly connectSeconds: number;
  readonly times: Pick<ExchangeTimes, 'ackSeconds' | 'readSeconds'>;
  /** Bytes of headers that are accepted. */
  readonly headerLimit: number;
  /** How TLS is spoken, and what is thought of certificates; absent for plain HTTP. */
  readonly security?: Security;
  /** How answers are looked at. */
  readonly view: OriginRequestView;
}

/** What became of it: the stages from `tcp` on. */
export interface Looked {
  readonly stages: readonly StageSeen[];
  readonly tls?: OriginTls;
  readonly answered?: Answered;
}

/** An answer in a bigger piece is not looked at to its end, and neither is one that takes its time. */
const mostOfAnswer = 1_000_000;
const mostSecondsOfBody = 5;

/** One attempt to fetch a page from one address. Never throws. */
export async function look(to: Address, way: Way, signal: AbortSignal): Promise<Looked> {
  const stages: StageSeen[] = [];
  const ended = (more: Omit<Looked, 'stages'> = {}): Looked => ({ stages: withSkipped(stages, way.scheme), ...more });

  const connected = await connect(to, { seconds: way.connectSeconds, signal });
  const ms = toMicrosecond(connected.ms);
  // A SYN that is answered with a reset is refused: such a connection was there, and is no more.
  const isReset = !connected.ok && connected.failure.code === 'connection-reset';
  if (!connected.ok && !isReset) {
    stages.push({ stage: 'tcp', status: 'fail', failure: withoutFamily(connected.failure, to), ms });
    return ended();
  }
  stages.push({ stage: 'tcp', status: 'pass', says: `connected to ${destinationText(to)}`, ms });
  if (!connected.ok) {
    const stage = way.security === undefined ? 'response' : 'tls';
    stages.push({ stage, status: 'fail', failure: connected.failure });
    return ended();
  }
  const socket = connected.value;
  const { localPort, remotePort, remoteFamily } = socket;
  const unacknowledged = () => unacknowledgedBytes({ localPort, remotePort, remoteFamily } as Ends);
  if (way.security === undefined) {
    const answered = await askHttp1(socket, way, unacknowledged, signal);
    stages.push(...(await stagesOf(answered, way)));
    return ended({ answered });
  }

  // What plain HTTP has no need of.
  const { secure } = await import('./secure.js');
  const secured = await secure(socket, way.host, way.connectSeconds, way.security, signal);
  const { tls, alpn } = secured;
  stages.push(...secured.stages);
  if (secured.stream === undefined) return ended({ tls });
  const ask = alpn === 'h2' ? askHttp2 : askHttp1;
  const answered = await ask(secured.stream, way, unacknowledged, signal);
  stages.push(...(await stagesOf(answered, way)));
  return ended({ tls, answered });
}

/** No route is nothing of the origin's where this machine has no address of the family at all. */
function withoutFamily(failure: Failure, { family, address }: Address): Failure {
  const isOurs = failure.code === 'no-route' || failure.code === 'address-unavailable';
  if (!isOurs || addressKind(address).kind === 'private' || hasAddressOf(family)) return failure;
  return { ...failure, blame: 'us', detail: `this machine has no IPv${family} to the Internet: ${failure.detail}` };
}

type Ask = (
  stream: Parameters<typeof exchange>[0],
  way: Way,
  unacknowledged: () => number | undefined,
  signal: AbortSignal,
) => Promise<Answered>;

const timesOf = ({ times }: Way): ExchangeTimes => ({
  ...times,
  bodySeconds: Math.min(mostSecondsOfBody, times.readSeconds),
  mostBytes: mostOfAnswer,
});

const askHttp1: Ask = async (stream, way, unacknowledged, signal) => {
  const reader = createResponseReader({ method: way.request.method, headerLimit: way.headerLimit });
  const seen = await exchange(stream, http1Bytes(way.request), reader, timesOf(way), unacknowledged, signal);
  return http1Answered(seen, reader);
};

const askHttp2: Ask = async (stream, way, unacknowledged, signal) => {
  // Few runs need it, and it takes its time to load.
  const { http2Exchange } = await import('../../io/http2.js');
  const { method, path, authority } = way.request;
  const request = { method, path, authority, headers: http2Headers(way.request) };
  const seen = await http2Exchange(stream, request, timesOf(way), unacknowledged, signal);
  return http2Answered(seen, method, way.headerLimit);
};

async function stagesOf(answered: Answered, way: Way): Promise<StageSeen[]> {
  const { problem, acknowledged, firstByteMs, ms, response } = answered;
  if (problem?.code === 'request-unacknowledged') {
    return [{ stage: 'request', status: 'fail', failure: problem, ms: toMicrosecond(ms) }];
  }
  const { method, path } = way.request;
  const told = acknowledged === true ? ', acknowledged' : '';
  const request: StageSeen = { stage: 'request', status: 'pass', says: `${method} ${path}${told}` };
  const compressionProblem = response && (await compressionProblemOf(response));
  const failure = originAnswerFailure(
    {
      ...(response !== undefined && { response }),
      ...(problem !== undefined && { problem }),
      ...(compressionProblem !== undefined && { compressionProblem }),
    },
    way.view,
  );
  if (failure !== undefined) {
    // What came in the end was judged, not what came first.
    const whole = toMicrosecond(failure === problem ? ms : (firstByteMs ?? ms));
    return [request, { stage: 'response', status: 'fail', failure, ms: whole }];
  }
  const time = toMicrosecond(firstByteMs ?? ms);
  const says = `${response?.version} ${response?.status} ${response?.reason}`.trim();
  return [request, { stage: 'response', status: 'pass', says, ms: time }];
}

async function compressionProblemOf(response: HttpResponse): Promise<string | undefined> {
  const packed = compressedBody(response);
  if (packed === undefined) return undefined;
  const { inflateProblem } = await import('../../io/inflate-problem.js');
  const problem = inflateProblem(packed.bytes, packed.coding);
  if (packed.whole) return problem;
  // Whoever waits for the rest of it waits in vain.
  return problem === undefined ? `the data end after ${packed.bytes.length} bytes, and more was declared` : undefined;
}
