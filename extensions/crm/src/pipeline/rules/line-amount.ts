const LARGEST = 9_999_999_999_999.99;

/** What a line of an order comes to: quantity times price in whole cents; null while one is missing, NaN beyond what is stored. */
export function lineAmount(quantity: unknown, price: unknown): number | null {
  if (quantity === null || quantity === undefined || price === null || price === undefined) return null;
  const amount = Number((Number(quantity) * Number(price)).toFixed(2));
  return amount <= LARGEST ? amount : NaN;
}
