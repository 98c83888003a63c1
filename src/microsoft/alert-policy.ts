/** The built-in alert policy "Suspicious connector activity" has this id in every tenant. */
export const POLICY_ID = '8bb9c6c8-dc12-40e1-5bb8-08da05b13393';
/** The policy's name, in lower case. */
export const POLICY_NAME = 'suspicious connector activity';
