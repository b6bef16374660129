export { belongsTo, managesSegments, type Person } from './rules/reach.ts';
export { treeRecount, type Straggling } from './recount.ts';
