# The API and the command `headwater`. From the top of the repository: docker build -f docker/api.Dockerfile .
FROM node:24-bookworm-slim AS build
WORKDIR /headwater
COPY package.json package-lock.json ./
COPY api/package.json api/
COPY web/package.json web/
COPY tests/package.json tests/
RUN npm ci --workspace=api --omit=dev --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json prisma.config.ts ./
COPY prisma prisma
COPY api api
RUN node api/src/cli/headwater.mjs generate

FROM node:24-bookworm-slim
ENV NODE_ENV=production
ENV HEADWATER_HOST=0.0.0.0
ENV HEADWATER_DATA=/var/lib/headwater
WORKDIR /headwater
# A new volume takes over who owns the folder that it is put on.
RUN install -d -m 0700 -o node -g node /var/lib/headwater /var/lib/headwater/keys
COPY --from=build /headwater ./
USER node
EXPOSE 4000
HEALTHCHECK --start-period=30s --interval=10s --timeout=5s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Answers are many and short-lived: in a larger nursery, fewer outlive its emptying.
CMD ["node", "--max-semi-space-size=64", "--import", "tsx", "api/src/main.ts"]
