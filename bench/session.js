// Runs a program as `node --test` runs a test: what it started ends with it. (There the first ending comes first.)

/** Calls the program with something that has `after` and `diagnostic`, and runs what was given to `after`, the last first. */
export async function session(program) {
  const endings = [];
  try {
    await program({ after: (ending) => endings.unshift(ending), diagnostic: (text) => console.error(text) });
  } finally {
    for (const ending of endings) await ending();
  }
}
