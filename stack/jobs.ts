export function jobsOf(_: object) {
  const none = async () => null;
  return { sendDigests: none, watch: none, checkHorizon: none, anchorHeads: none, sweep: none };
}
