/** The application permissions that an administrator has granted, by their names in Microsoft's permissions reference. */
export type Permissions = {
  grant(role: string): void;
  /** Revokes a permission: services refuse it at once, and tokens issued from now on do not contain it. */
  revoke(role: string): void;
  has(role: string): boolean;
  granted(): ReadonlySet<string>;
  /** Removes a service from the tenant, by the resource of its tokens. */
  withhold(resource: string): void;
  isWithheld(resource: string): boolean;
};

const BY_DEFAULT = [
  'SecurityAlert.ReadWrite.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'Organization.Read.All',
  'RoleAssignmentSchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'Exchange.ManageAsApp',
  'ActivityFeed.Read',
];

export function createPermissions(): Permissions {
  const roles = new Set(BY_DEFAULT);
  const withheld = new Set<string>();
  return {
    grant: (role) => void roles.add(role),
    revoke: (role) => void roles.delete(role),
    has: (role) => roles.has(role),
    granted: () => roles,
    withhold: (resource) => void withheld.add(resource),
    isWithheld: (resource) => withheld.has(resource),
  };
}
