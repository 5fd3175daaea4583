// Runs statements in one DuckDB database in memory. Standard input: {"packages": FOLDER, "statements": [SQL…]}, and optionally
// "package", the release of DuckDB's package, "threads", "goes_on": true and "times". Standard output: a JSON array with, for each
// statement, its rows as arrays of texts and nulls, or {"error": TEXT}, which ends the run unless it goes on. With "times" the last
// statement is run so often, and has instead {"least", "first": processor ms, "grown": KiB by which the first run raised the most memory}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { packages, statements, package: name = "@duckdb/node-api", threads = "1", goes_on = false, times = 0 } = JSON.parse(readFileSync(0, "utf8"));
const { DuckDBInstance } = createRequire(packages + "/")(name);
const connection = await (await DuckDBInstance.create(":memory:", { threads, allow_unsigned_extensions: "true" })).connect();

async function measure(statement) {
	const idle = process.resourceUsage().maxRSS, spent = [];
	let grown;
	for (let i = 0; i < times; i++) {
		const before = process.cpuUsage();
		await connection.runAndReadAll(statement);
		const { user, system } = process.cpuUsage(before);
		spent.push((user + system) / 1000);
		grown ??= process.resourceUsage().maxRSS - idle;
	}
	return { least: Math.min(...spent), first: spent[0], grown };
}

const results = [];
for (const [i, statement] of statements.entries()) {
	try {
		if (times > 0 && i === statements.length - 1) {
			results.push(await measure(statement));
			continue;
		}
		const reader = await connection.runAndReadAll(statement);
		results.push(reader.getRowsJson());
	} catch (error) {
		results.push({ error: String(error) });
		if (!goes_on)
			break;
	}
}
console.log(JSON.stringify(results));
