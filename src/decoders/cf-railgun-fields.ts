/** The forms of a header, in the order of `RailgunParts.form`. */
export const headerForms = ['compressed', 'stream', 'normal', 'direct', 'origin'] as const;

export type HeaderForm = (typeof headerForms)[number];

/** What can be missing or wrong, in the order of `RailgunParts.needed`; `end` is anything after a complete value. */
export const railgunFields = ['id', 'ratioPercent', 'originTimeSeconds', 'flags', 'version', 'reason', 'end'] as const;

export type RailgunField = (typeof railgunFields)[number];
