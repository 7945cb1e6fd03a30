// Node 20 cannot import a .wasm file as a module, so it is instantiated by hand.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

class PanicRegistry {
  message = '';
  get() {
    return this.message;
  }
  set_message(message) {
    this.message = message;
  }
}

/** The bindings of @prisma/schema-engine-wasm over a freshly made instance. */
export async function loadSchemaEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = new PanicRegistry();
  const bindingsUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = await import(bindingsUrl);
  const bytes = readFileSync(fileURLToPath(new URL('./schema_engine_bg.wasm', bindingsUrl)));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}
