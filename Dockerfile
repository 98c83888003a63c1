# The exact version the tests run on. To pin the image itself, build with its digest, which
# `docker buildx imagetools inspect node:24.21.0-slim` prints: --build-arg NODE_IMAGE=node:24.21.0-slim@sha256:…
# Releases are built so (.github/workflows/release.yml).
ARG NODE_IMAGE=node:24.21.0-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY install/container install/container
RUN node install/container/prune.ts node_modules

FROM ${NODE_IMAGE}
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY adaptive-cards adaptive-cards
COPY src src
COPY install/container/warm.ts install/container/
# The only folder that is written to when the service runs, and only with SQLite; everything else may be mounted read-only.
RUN mkdir -p data node_modules/.cache && chown node:node data node_modules/.cache
USER node
ENV NODE_ENV=production
# A small young generation: on a machine with much memory V8 would let it grow beyond what is in use (docs/performance.md).
ENV NODE_OPTIONS=--max-semi-space-size=16
# Compiled code is kept for the user and the options it was compiled for (Node.js: module compile cache).
ENV NODE_COMPILE_CACHE=/app/node_modules/.cache/compiled
RUN node src/main.ts --help && node install/container/warm.ts
VOLUME /app/data
EXPOSE 3978
# Whether the process answers and its database does; the platform's own probes call the same addresses.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Also inside: `node src/doctor/main.ts`, `node src/audit/main.ts verify`, `node src/backup/main.ts <file>`.
CMD ["node", "src/main.ts"]
