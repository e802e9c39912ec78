/** Names of the bundle's files that a text takes, by its manifest: what reads tool calls and conversations comes with the first of them. */
export function filesForTexts({ artifacts, verifier, trajectory }) {
  const later = new Set([trajectory?.artifact, verifier?.graph, verifier?.weights, verifier?.tokenizer]);
  return Object.keys(artifacts).filter((name) => !later.has(name));
}
