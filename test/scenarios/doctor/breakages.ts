import type { Breakage } from './breakages/breakage.ts';
import { DATABASE } from './breakages/database.ts';
import { MICROSOFT } from './breakages/microsoft.ts';
import { PEOPLE_AND_PLACES } from './breakages/people-and-places.ts';
import { PERMISSIONS } from './breakages/permissions.ts';

/** Every single thing that is broken, and all that the doctor should say of it. */
export const BREAKAGES: readonly Breakage[] = [...DATABASE, ...PERMISSIONS, ...MICROSOFT, ...PEOPLE_AND_PLACES];
