// Runs statements in one DuckDB database in memory. Standard input: {"packages": FOLDER, "statements": [SQL…]}. Standard output: a
// JSON array with, for each statement, its rows as arrays of texts and nulls, or {"error": TEXT}, which ends the run.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { packages, statements } = JSON.parse(readFileSync(0, "utf8"));
const { DuckDBInstance } = createRequire(packages + "/")("@duckdb/node-api");
const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();

const results = [];
for (const statement of statements) {
	try {
		const reader = await connection.runAndReadAll(statement);
		results.push(reader.getRowsJson());
	} catch (error) {
		results.push({ error: String(error) });
		break;
	}
}
console.log(JSON.stringify(results));
