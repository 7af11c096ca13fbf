# One image for both roles; which one runs is the command's --role (see docker-compose.yml).
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build:web && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app /app
# Holds the key file where BIHUAN_KEY is not given; a volume, or the key is lost with the container.
RUN mkdir /data && chown node:node /data
ENV BIHUAN_DATA=/data
USER node
EXPOSE 3000
ENTRYPOINT ["node", "stack/serve.ts"]
CMD ["--role", "api"]
