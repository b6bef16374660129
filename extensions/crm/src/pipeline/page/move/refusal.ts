/** A refusal of the server, as far as a screen acts on it; the codes are those of pipeline/contract. */
export interface Refused {
  code: string;
  message: string;
  fields: string[];
  /** The day where the deal is, as `YYYY-MM-DD`; empty where the server did not say. */
  today: string;
}

interface Failure {
  response?: { data?: { errors?: { message?: string; extensions?: { code?: unknown; fields?: unknown; today?: unknown } }[] } };
}

/** What a failed call says; the code is empty where there was no answer. */
export function refusalOf(error: unknown): Refused {
  const first = (error as Failure).response?.data?.errors?.[0];
  const { code, fields, today } = first?.extensions ?? {};
  return {
    code: typeof code === 'string' ? code : '',
    message: first?.message ?? '',
    fields: Array.isArray(fields) ? fields.filter((one) => typeof one === 'string') : [],
    today: typeof today === 'string' ? today : '',
  };
}
