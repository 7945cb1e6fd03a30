// Loaded before a child's own program: when the parent is killed outright, the child must not keep its port.
function end() {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 3000).unref();
}
// A parent that is gone before this is loaded says so no more.
if (process.connected === false) end();
process.once('disconnect', end);
process.channel?.unref();
