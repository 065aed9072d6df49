// Drives mongodb-atlas-api-client 4.19.0 (npm), which calls the API v1.0 with HTTP digest authentication.
//
// Defects of the client:
// - It never fails: errors of Atlas are returned like successes.
// - It sends an empty query, as in `/clusters?`.
// - It does not encode names in paths, so names with a slash or a space need encoding by the caller.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.THIRD_PARTY_NPM}/`);
const createClient = require("mongodb-atlas-api-client");

const { ATLAS_BASE_URL, ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY } = process.env;
const options = {
  publicKey: ATLAS_PUBLIC_KEY,
  privateKey: ATLAS_PRIVATE_KEY,
  baseUrl: `${ATLAS_BASE_URL}/api/atlas/v1.0`,
};

const organization = (await createClient(options).organization.getAll()).results[0];
assert.equal(organization.name, "Open Meadow Data");
const project = await createClient(options).project.getByName("Storefront");
assert.equal(project.orgId, organization.id);
const client = createClient({ ...options, projectId: project.id });

const clusters = await client.cluster.getAll({ itemsPerPage: 2, pageNum: 1 });
assert.equal(clusters.results.length, 2);
assert.equal(clusters.totalCount, 3);
const cluster = await client.cluster.get("shop-production");
assert.equal(cluster.providerSettings.instanceSizeName, "M30");
const settings = await client.cluster.getAdvanceConfiguration("shop-production");
assert.equal(settings.javascriptEnabled, true);
assert.equal((await client.cluster.update("shop-staging", { paused: true })).paused, true);
assert.equal((await client.cluster.get("nope")).errorCode, "CLUSTER_NOT_FOUND");

for (const list of [client.projectWhitelist, client.projectAccesslist]) {
  const added = await list.create([{ ipAddress: "203.0.113.7", comment: "office" }]);
  assert.ok(added.results.some((entry) => entry.ipAddress === "203.0.113.7"));
  assert.equal((await list.get("203.0.113.7")).comment, "office");
  await list.delete("203.0.113.7");
  assert.equal((await list.get("203.0.113.7")).error, 404);
}

const user = {
  databaseName: "admin",
  username: "reader",
  password: "secret-enough",
  roles: [{ databaseName: "shop", roleName: "read" }],
};
assert.equal((await client.user.create(user)).username, "reader");
assert.equal((await client.user.get("reader")).databaseName, "admin");
await client.user.delete("reader");
assert.equal((await client.user.get("reader")).error, 404);

const role = { roleName: "auditor", actions: [], inheritedRoles: [] };
assert.equal((await client.customDbRole.create(role)).roleName, "auditor");
assert.ok((await client.customDbRole.getAll()).some((known) => known.roleName === "auditor"));

assert.ok((await client.event.getAll()).totalCount > 0);
assert.equal((await client.alert.getAll()).totalCount, 0);
assert.ok((await client.atlasUser.getAll()).results.length > 0);
const snapshots = await client.cloudBackup.getAllReplicaSetCloudBackups("shop-production");
assert.ok(snapshots.totalCount > 0);

const index = {
  collectionName: "orders",
  database: "shop",
  name: "default",
  mappings: { dynamic: true },
};
assert.ok((await client.atlasSearch.create("shop-production", index)).indexID);
