// Runs statements in one DuckDB database in memory. Standard input: {"packages": FOLDER, "statements": [SQL…]}, and optionally
// "package", the release of DuckDB's package, "threads", and "goes_on": true. Standard output: a JSON array with, for each
// statement, its rows as arrays of texts and nulls, or {"error": TEXT}, which ends the run unless it goes on.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { packages, statements, package: name = "@duckdb/node-api", threads = "1", goes_on = false } = JSON.parse(readFileSync(0, "utf8"));
const { DuckDBInstance } = createRequire(packages + "/")(name);
const connection = await (await DuckDBInstance.create(":memory:", { threads, allow_unsigned_extensions: "true" })).connect();

const results = [];
for (const statement of statements) {
	try {
		const reader = await connection.runAndReadAll(statement);
		results.push(reader.getRowsJson());
	} catch (error) {
		results.push({ error: String(error) });
		if (!goes_on)
			break;
	}
}
console.log(JSON.stringify(results));
