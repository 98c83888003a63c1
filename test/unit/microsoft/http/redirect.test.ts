import assert from 'node:assert/strict';
import { fixedRoute, tenantRoute } from '../../../../src/microsoft/http/redirect.ts';

const HOME = 'https://outlook.office365.com';

describe('where a request goes', () => {
  for (const [location, origin] of [
    ['https://nam13b.outlook.office365.com/adminapi/beta/x/InvokeCommand', 'https://nam13b.outlook.office365.com'],
    ['https://gcc02b.outlook.office365.com:446/adminapi', 'https://gcc02b.outlook.office365.com'],
  ] as const) {
    it(`follows to a host below the service's own: ${location}`, () => {
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
    it(`takes our token nowhere else: ${location}`, () => {
      const route = tenantRoute(HOME);
      assert.equal(route.follow(location), false);
      assert.equal(route.origin(), HOME);
    });
  }

  it('never follows for a service without hosts of a tenant', () => {
    const route = fixedRoute('https://graph.microsoft.com');
    assert.equal(route.follow('https://x.graph.microsoft.com/'), false);
    assert.equal(route.origin(), 'https://graph.microsoft.com');
  });
});
