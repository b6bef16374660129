# Two stages, so that compilers stay out of what runs.
FROM node:22.21-bookworm AS build
WORKDIR /crm
COPY package.json package-lock.json ./
COPY bin bin
COPY extensions extensions
COPY seed seed
COPY schema-snapshots schema-snapshots
RUN node bin/prepare.mjs && npm cache clean --force

FROM node:22.21-bookworm-slim
WORKDIR /crm
ENV NODE_ENV=production CRM_DEMO=false CRM_DATA_DIR=/data
COPY --from=build /crm /crm
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8055
CMD ["node", "bin/start.mjs"]
