// Drives mongodb-mcp-server 3.0.4 (npm) over stdio. It requires TLS, so the driver runs a TLS proxy in
// front of the simulator.
//
// Defects of the client:
// - It rejects base URLs with `http:`, even of the loopback interface.
// - Its tools return text for a language model; errors are text, too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";

const { ATLAS_BASE_URL, ATLAS_CLIENT_ID, ATLAS_CLIENT_SECRET } = process.env;
const { THIRD_PARTY_NPM, TLS_CERTIFICATE, TLS_KEY } = process.env;
const require = createRequire(`${THIRD_PARTY_NPM}/`);
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");

/** Starts a TLS proxy to the simulator, and returns it. */
async function startProxy() {
  const tls = { cert: readFileSync(TLS_CERTIFICATE), key: readFileSync(TLS_KEY) };
  const target = new URL(ATLAS_BASE_URL);
  const proxy = https.createServer(tls, (request, response) => {
    const headers = {
      ...request.headers,
      "x-forwarded-proto": "https",
      "x-forwarded-host": request.headers.host,
    };
    const { hostname, port } = target;
    const { method, url: path } = request;
    const forwarded = http.request({ hostname, port, method, path, headers }, (reply) => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return proxy;
}

const proxy = await startProxy();
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [`${THIRD_PARTY_NPM}/node_modules/mongodb-mcp-server/dist/esm/index.js`],
  env: {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SSL_CERT_FILE: TLS_CERTIFICATE,
    MDB_MCP_API_BASE_URL: `https://localhost:${proxy.address().port}/`,
    MDB_MCP_API_CLIENT_ID: ATLAS_CLIENT_ID,
    MDB_MCP_API_CLIENT_SECRET: ATLAS_CLIENT_SECRET,
    MDB_MCP_TELEMETRY: "disabled",
    MDB_MCP_LOGGERS: "stderr",
  },
  stderr: "ignore",
});
const client = new Client({ name: "third-party-test", version: "1.0.0" });

/** Calls a tool and returns its text. */
async function call(name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  return result.content.map((content) => content.text).join("\n");
}

try {
  await client.connect(transport);
  assert.match(await call("atlas-list-orgs"), /Open Meadow Data/);
  const projects = await call("atlas-list-projects");
  assert.match(projects, /Storefront/);
  const projectId = /[0-9a-f]{24}/.exec(projects.slice(projects.indexOf("Storefront")))[0];
  const clusters = await call("atlas-list-clusters", { projectId });
  assert.match(clusters, /shop-production/);
  const clusterName = "shop-production";
  assert.match(await call("atlas-inspect-cluster", { projectId, clusterName }), /IDLE/);
  const entry = { projectId, ipAddresses: ["203.0.113.7"], comment: "office" };
  await call("atlas-create-access-list", entry);
  assert.match(await call("atlas-inspect-access-list", { projectId }), /203\.0\.113\.7/);
  assert.match(await call("atlas-list-db-users", { projectId }), /users/i);
} finally {
  await client.close();
  proxy.close();
}
