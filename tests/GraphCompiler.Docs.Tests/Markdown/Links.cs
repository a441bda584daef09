using System.Text.RegularExpressions;

namespace GraphCompiler.Docs.Tests.Markdown;

/// <summary>Links of a page.</summary>
internal static partial class Links
{
    /// <summary>The targets of links within the repository, without their fragments.</summary>
    public static IEnumerable<string> Of(string text) =>
        from Match match in Link().Matches(Fenced().Replace(text, ""))
        let target = match.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        select target;

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
