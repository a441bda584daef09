namespace GraphCompiler.Runtime;

/// <summary>
/// What generated code exports: one worker's share of a whole run. Every worker of a team executes it.
/// </summary>
/// <param name="w">Who executes it, and on what memory.</param>
public delegate void ProgramEntry(in Worker w);
