const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a value has the form of our keys; PostgreSQL answers anything else with an error of its own. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
