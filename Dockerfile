# The exact version the tests run on. To pin the image itself, build with its digest, which
# `docker buildx imagetools inspect node:24.21.0-slim` prints: --build-arg NODE_IMAGE=node:24.21.0-slim@sha256:…
ARG NODE_IMAGE=node:24.21.0-slim
FROM ${NODE_IMAGE}
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY adaptive-cards adaptive-cards
COPY src src
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3978
CMD ["node", "src/main.ts"]
