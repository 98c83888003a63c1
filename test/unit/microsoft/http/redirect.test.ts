import assert from 'node:assert/strict';
import { fixedRoute, tenantRoute } from '../../../../src/microsoft/http/redirect.ts';

const HOME = 'https://outlook.office365.com';

describe('the route of a request', () => {
  for (const [location, origin] of [
    ['https://nam13b.outlook.office365.com/adminapi/beta/x/InvokeCommand', 'https://nam13b.outlook.office365.com'],
    ['https://gcc02b.outlook.office365.com:446/adminapi', 'https://gcc02b.outlook.office365.com'],
  ] as const) {
    it(`follows a redirect to a subdomain of the service: ${location}`, () => {
      const route = tenantRoute(HOME);
      assert.equal(route.follow(location), true);
      assert.equal(route.origin(), origin);
      route.reset();
      assert.equal(route.origin(), HOME);
    });
  }

  for (const location of [
    'http://nam13b.outlook.office365.com/',
    'https://outlook.office365.com.evil.example/',
    'https://eviloutlook.office365.com/',
    'https://office365.com/',
    'https://user:pass@nam13b.outlook.office365.com/',
    'http://127.0.0.1:1/',
    'https://login.microsoftonline.com/common',
    '/elsewhere',
    'javascript:alert(1)',
    null,
  ]) {
    it(`follows no redirect to another address: ${location}`, () => {
      const route = tenantRoute(HOME);
      assert.equal(route.follow(location), false);
      assert.equal(route.origin(), HOME);
    });
  }

  it('follows no redirect of a service without tenant hosts', () => {
    const route = fixedRoute('https://graph.microsoft.com');
    assert.equal(route.follow('https://x.graph.microsoft.com/'), false);
    assert.equal(route.origin(), 'https://graph.microsoft.com');
  });
});
