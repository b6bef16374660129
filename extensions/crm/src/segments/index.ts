export { askAgain, openAgain, provideOpenAgain } from './ask-again.ts';
export { cascadePlace, countStragglers, rowsBelow } from './cascade.ts';
/** How many of a post there are, and one change of people at a time. */
export { ableSystemAdmins, activeSystemAdmins, hasRoomFor, isFull, oneAtATime } from './headcount.ts';
export { leaveNothingBehind, leaveTreeBehind } from './leave-behind.ts';
export { provideLetGo, type Leaving } from './let-go.ts';
export { loadPerson } from './people.ts';
export { treeRecount, type Straggling } from './recount.ts';
/** Where new rows of our own set-based writes stand, by the same rules as single ones. */
export { decideOwnerChange, decidePlacement, type PlacementReason } from './rules/placement.ts';
/** Who may own the CRM project of a company (ORG-9). */
export { mayOwnProject } from './rules/posts.ts';
export { belongsTo, isGroupStaff, managesSegments, mayReach, type Person, type Place } from './rules/reach.ts';
export { fileLinks, pathsBelow, segmentLinks, treeLinks } from './rules/tree.ts';
/** A name as it is kept and shown: in one field. */
export { wholeName } from './rules/whole-name.ts';
export { settleStep } from './settle-step.ts';
/** What was seen of rows just before a write, for the authority after it. */
export { writeNotes } from './write-notes.ts';
