'use strict';
// Stands in the production tree for a package that others load and whose exports nothing here uses: classes may be derived
// from them, and making or calling one fails.
module.exports = new Proxy(
  { __esModule: true },
  {
    get: (target, name) =>
      name in target
        ? target[name]
        : class NeverUsed {
            constructor() {
              throw new Error(`${String(name)} is not in the production tree`);
            }
          },
  },
);
