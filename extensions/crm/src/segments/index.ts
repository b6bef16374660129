export { treeRecount, type Straggling } from './recount.ts';
