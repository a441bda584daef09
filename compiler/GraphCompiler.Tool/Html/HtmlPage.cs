using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Profiling;

namespace GraphCompiler.Tool.Html;

/// <summary>
/// One page that needs nothing but itself: an inspection as JSON, and a script that draws it. The page says itself which
/// script and style it may use, by their hashes; whatever a name holds, nothing else runs.
/// </summary>
internal static partial class HtmlPage
{
    /// <summary>The page.</summary>
    /// <param name="inspection">What it shows.</param>
    /// <param name="profile">Times of its kernels, if they were taken.</param>
    public static string Of(GraphInspection inspection, GraphProfile? profile)
    {
        var script = Part("layout.js") + Part("page.js");
        var style = Part("page.css");

        // In one pass over the template: nothing that is put in is looked at again.
        return Places().Replace(Part("page.html"), place => place.Groups[1].Value switch
        {
            "script-hash" => HashOf(script),
            "style-hash" => HashOf(style),
            "title" => WebUtility.HtmlEncode($"{inspection.Name}, for {inspection.Target}"),
            "style" => style,
            "script" => script,
            "data" => PageData.Of(inspection, profile), // JSON, written without < and >
            var other => throw new UnreachableException(other),
        });
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Part(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"graphc was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("{(script-hash|style-hash|title|style|script|data)}")]
    private static partial Regex Places();
}
