// Runs statements in one ClickHouse database, as duckdb.mjs does. {"data": FOLDER} says where it keeps its tables.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { packages, statements, data } = JSON.parse(readFileSync(0, "utf8"));
const { Session } = createRequire(packages + "/")("chdb");
const session = new Session(data);

const results = [];
for (const statement of statements) {
	try {
		const lines = session.query(statement, "JSONCompactEachRow").split("\n").filter((line) => line !== "");
		results.push(lines.map((line) => JSON.parse(line)));
	} catch (error) {
		results.push({ error: String(error) });
		break;
	}
}
console.log(JSON.stringify(results));
session.close();
