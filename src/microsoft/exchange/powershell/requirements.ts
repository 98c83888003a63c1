/**
 * The oldest PowerShell that the module, from version 3.0 on, supports on every operating system (About the Exchange Online
 * PowerShell module).
 */
export const MIN_POWERSHELL = '7.2.0';
/** The first module version with `Connect-ExchangeOnline -AccessToken` (Exchange PowerShell: Connect-ExchangeOnline). */
export const MIN_MODULE = '3.1.0';

const COMMAND = "pwsh -Command 'Install-Module ExchangeOnlineManagement -Scope AllUsers -Force'";

export const INSTALL_MODULE = `PowerShell has no ExchangeOnlineManagement module of version ${MIN_MODULE} or later: run ${COMMAND}`;
export const INSTALL_POWERSHELL = `install PowerShell ${MIN_POWERSHELL} or later (https://aka.ms/powershell), or set PWSH_PATH to where it is`;

/** Returns whether a version such as `7.4.6` or `3.9.1-Preview1` is at least another. */
export function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [ours, theirs] = [numbers(version), numbers(least)];
  const differing = theirs.findIndex((part, index) => part !== ours[index]);
  return differing === -1 || (ours[differing] ?? 0) > (theirs[differing] ?? 0);
}
