/** Tells at the end of a process what of OpenTelemetry it has loaded, its bare interface left out. */
process.on('exit', () => {
  const loaded = Object.keys(require.cache).filter((path) =>
    /@opentelemetry[/\\](?!api[/\\])/.test(path),
  );
  process.stderr.write(`loaded ${JSON.stringify(loaded)}\n`);
});
