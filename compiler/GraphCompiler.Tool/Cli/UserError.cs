namespace GraphCompiler.Tool.Cli;

/// <summary>Something that the user can mend: a line or a few that say what and where.</summary>
internal sealed class UserError(string message, Exception? inner = null) : Exception(message, inner);
