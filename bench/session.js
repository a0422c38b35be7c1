// Runs a program as `node --test` runs a test: what it started ends with it.

/** Calls the program with something that has `after`, and runs what was given to that, the last first. */
export async function session(program) {
  const endings = [];
  try {
    await program({ after: (ending) => endings.unshift(ending) });
  } finally {
    for (const ending of endings) await ending();
  }
}
