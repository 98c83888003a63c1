import type { Evidence, Invariant } from '../evidence.ts';
import { alertsTold } from './alerts-told.ts';
import { approvedConfiguration } from './approved-configuration.ts';
import { auditComplete } from './audit-complete.ts';
import { drillsImaginary } from './drills-imaginary.ts';
import { forgeriesRefused } from './forgeries-refused.ts';
import { nothingLost } from './nothing-lost.ts';
import { oneCall } from './one-call.ts';
import { oneCard } from './one-card.ts';
import { oneIncident } from './one-incident.ts';
import { properAnswers } from './proper-answers.ts';
import { quietLogs } from './quiet-logs.ts';
import { reachedEnd } from './reached-end.ts';
import { twoPeople } from './two-people.ts';

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'two people': twoPeople,
  'approved configuration': approvedConfiguration,
  'one call': oneCall,
  'one card': oneCard,
  'one incident': oneIncident,
  'drills imaginary': drillsImaginary,
  'reached its end': reachedEnd,
  'audit complete': auditComplete,
  'nothing lost': nothingLost,
  'forgeries refused': forgeriesRefused,
  'proper answers': properAnswers,
  'alerts told': alertsTold,
  'quiet logs': quietLogs,
};

export type Violation = { readonly invariant: string; readonly what: string };

export function violationsIn(evidence: Evidence): readonly Violation[] {
  return Object.entries(INVARIANTS).flatMap(([invariant, check]) =>
    check(evidence).map((what) => ({ invariant, what })),
  );
}
