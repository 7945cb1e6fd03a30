# The web. From the top of the repository: docker build -f docker/web.Dockerfile .
FROM node:24-bookworm-slim AS manifests
WORKDIR /headwater
COPY package.json package-lock.json ./
COPY api/package.json api/
COPY web/package.json web/
COPY tests/package.json tests/

FROM manifests AS build
ENV CI=1
ENV NEXT_TELEMETRY_DISABLED=1
# The tools that generate and check types belong to the root of the workspaces.
RUN npm ci --workspace=web --include-workspace-root --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY api/schema.graphql api/
COPY web web
RUN npm run build --workspace=web

FROM manifests AS packages
RUN npm ci --workspace=web --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /headwater/web
COPY --from=packages /headwater /headwater
COPY --from=build /headwater/web/.next .next
COPY web/next.config.ts ./
USER node
EXPOSE 3000
HEALTHCHECK --start-period=30s --interval=10s --timeout=5s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "../node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0", "-p", "3000"]
