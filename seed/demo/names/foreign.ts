/** Invented addresses of customers abroad. */
export const FOREIGN_ADDRESSES = [
  'Industriestrasse 14, 20457 Hamburg, Germany',
  'Via Torino 88, 20123 Milano, Italy',
  '2-15-3 Minami, Minato-ku, Osaka, Japan',
  '410 Harbour Front Avenue, Singapore',
  'Storgatan 21, 411 38 Göteborg, Sweden',
  'Havenweg 6, 3089 Rotterdam, Netherlands',
  '1200 Lakeside Drive, Cleveland, OH, USA',
  'Calle Mayor 40, 50001 Zaragoza, Spain',
] as const;
