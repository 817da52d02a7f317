FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY .swcrc ./
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY data data
COPY pages pages
# Where commands put what they write: export/, rejected/, matches.csv.
WORKDIR /work
RUN chown node:node /work
USER node
EXPOSE 4000
CMD ["node", "/app/dist/main.js"]
