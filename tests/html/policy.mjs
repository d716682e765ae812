// Google's evaluator on every content security policy of the built pages: node policy.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

const folder = process.argv[2];
const META = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/g;
// Known and meant: the host serves no file that anybody uploads, and trusted types are for scripts that write HTML.
const MEANT = new Set(["script-src 'self'", "require-trusted-types-for "]);

const policies = new Map();
for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html"))) {
  const found = [...readFileSync(join(folder, file), "utf8").matchAll(META)].map((match) => match[1]);
  if (found.length !== 1) throw new Error(`${file}: ${found.length} policies`);
  policies.set(found[0], file);
}
const faults = [...policies].flatMap(([policy, file]) =>
  new CspEvaluator(new CspParser(policy.replaceAll("&#39;", "'")).csp)
    .evaluate()
    .filter((finding) => finding.severity !== Severity.NONE && !MEANT.has(`${finding.directive} ${finding.value ?? ""}`))
    .map((finding) => `${file}: ${finding.directive} ${finding.value ?? ""} ${finding.description} (${finding.severity})`),
);
console.log(faults.join("\n") || `Policies: csp_evaluator found nothing wrong in ${policies.size}.`);
process.exit(faults.length ? 1 : 0);
