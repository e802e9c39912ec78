declare module '*.yaml' {
  const pack: import('@portcullis/core').ShippedRulePack;
  export default pack;
}
