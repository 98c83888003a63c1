import { createWorkflow, type Workflow } from '../../src/workflow/workflow.ts';

type Dependencies = Parameters<typeof createWorkflow>[0];
type Optional = 'decided' | 'pace' | 'brokenTrail';

/** Creates the workflow, by default without metrics, without reminders, and with a sound audit trail. */
export function createTestWorkflow(dependencies: Omit<Dependencies, Optional> & Partial<Dependencies>): Workflow {
  return createWorkflow({ decided: () => {}, pace: null, brokenTrail: async () => null, ...dependencies });
}
