import { provideAway, type ApprovalPorts } from '../../approvals/index.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { absencePlaceStep, absenceStep } from './absence-step.ts';
import { awayOn } from './away.ts';

/** Before the place of rows is settled. */
export const absenceFirstSteps: readonly WriteStep[] = [absencePlaceStep];

export const absenceSteps = (ports: ApprovalPorts): readonly WriteStep[] => [absenceStep(ports)];

/** Lets approvals know who is on leave today (Q12). */
export const registerAbsences = (clock: Clock): void => provideAway(awayOn(clock));
