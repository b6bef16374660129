/** Style sheets are handed to the bundler as they are. */
declare module '*.css';
