namespace GraphCompiler.Fuzz.Checks;

/// <summary>What is wrong with a case.</summary>
/// <param name="Kind">Where it showed: what is cut down has to fail in the same way.</param>
/// <param name="Message">The facts.</param>
internal sealed record Failure(string Kind, string Message)
{
    public static Failure Of(string stage, Exception e)
    {
        var text = e.ToString();
        return new($"{stage}: {e.GetType().Name}", text[..Math.Min(text.Length, 1800)]);
    }
}
