declare module '*.yaml' {
  const pack: import('@portcullis/core').ShippedRulePack;
  export default pack;
}

declare module '*.yaml?attacks' {
  const texts: readonly string[];
  export default texts;
}

declare module '*.yaml?answers' {
  const pack: import('@portcullis/core').ShippedRulePack;
  export default pack;
}
