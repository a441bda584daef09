using GraphCompiler.Diagnostics;

namespace GraphCompiler.Fuzz.Checks;

/// <summary>What is wrong with a case.</summary>
/// <param name="Kind">Where it showed: what is cut down has to fail in the same way.</param>
/// <param name="Message">The facts.</param>
internal sealed record Failure(string Kind, string Message)
{
    public static Failure Of(string stage, Exception e)
    {
        // A message of the compiler's own tells what is wrong; what ToString adds to it is the source.
        var text = e is InternalCompilerException ? $"{e.Message}\n{e.StackTrace}" : e.ToString();
        return new($"{stage}: {e.GetType().Name}", text[..Math.Min(text.Length, 1500)]);
    }
}
