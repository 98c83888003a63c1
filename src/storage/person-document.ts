import { z } from 'zod';
import type { Person } from '../incident/model/approval.ts';
import { documentOf } from './document.ts';

export const personDocument = documentOf<Person>()(
  z.object({ tenantId: z.string(), objectId: z.string(), name: z.string() }),
);
