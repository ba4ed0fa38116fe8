/** Whether a value of unknown origin is what it is taken for. */
export type Shape = (value: unknown) => boolean;

/** A text. */
export const text: Shape = (value) => typeof value === 'string';

/** A number that can be reckoned with. */
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);

/** One of these texts. */
export const oneOf =
  (...texts: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && texts.includes(value);

/** A list of such values. */
export const listOf =
  (element: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every((one) => element(one));

/** Two such values. */
export const pairOf =
  (first: Shape, second: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]);

/** An object with these members, and with those of `optional` as far as they are there; whatever else it has. */
export const objectOf =
  (members: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value) =>
    isObject(value) &&
    Object.entries(members).every(([key, shape]) => shape(own(value, key))) &&
    Object.entries(optional).every(([key, shape]) => own(value, key) === undefined || shape(own(value, key)));

/** An object whose members are all such values. */
export const recordOf =
  (member: Shape): Shape =>
  (value) =>
    isObject(value) && Object.values(value).every((one) => member(one));

/** One of these shapes. */
export const anyOf =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Not what every object inherits. */
function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
