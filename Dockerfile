# Any image with Node 22.19 or newer will do: docker build --build-arg BASE=node:24-alpine .
ARG BASE=node:24-bookworm-slim

# What is built is the same for every kind of machine, so it is built on the one at hand.
FROM --platform=$BUILDPLATFORM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The base brings Node: the pinned one, which an install script would fetch, is for machines with another.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build

FROM ${BASE}
# A release adds version, source and revision: they change with each commit, and this file does not.
LABEL org.opencontainers.image.title="midtrans-emulator" \
      org.opencontainers.image.description="A stateful stand-in for the Midtrans sandbox: GoPay Tokenization" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY views views
COPY fixtures fixtures
COPY README.md llms.txt ./
COPY docs docs
COPY skills skills
# For `docker exec`; scenarios are mounted at /scenarios, and /data is writable for whoever wants to keep state: an engine
# gives group 0 to any number that it is told to run as.
RUN ln -s /app/dist/cli.js /usr/local/bin/midtrans-emulator \
 && chmod +x dist/cli.js \
 && mkdir /scenarios /data \
 && chown 10001:0 /data \
 && chmod 775 /data
ENV NODE_ENV=production \
    MIDTRANS_EMULATOR_HOST=0.0.0.0 \
    MIDTRANS_EMULATOR_SCENARIOS=/scenarios
USER 10001
EXPOSE 8765
STOPSIGNAL SIGTERM
# Neither start period nor start interval: many builders do not know the latter, and without it Docker asks after 5 s only.
HEALTHCHECK --interval=2s --timeout=3s --retries=10 CMD ["node", "/app/dist/cli.js", "healthcheck"]
# What comes after the image's name are flags, or another verb: docker run midtrans-emulator --tls
ENTRYPOINT ["node", "/app/dist/cli.js"]
