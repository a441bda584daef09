using System.Net;
using System.Security.Cryptography;
using System.Text;
using GraphCompiler.Inspect;
using GraphCompiler.Tool.Profiling;

namespace GraphCompiler.Tool.Html;

/// <summary>
/// One page that needs nothing but itself: an inspection as JSON, and a script that draws it. The page says itself which
/// script and style it may use, by their hashes; whatever a name holds, nothing else runs.
/// </summary>
internal static class HtmlPage
{
    /// <summary>The page.</summary>
    /// <param name="inspection">What it shows.</param>
    /// <param name="profile">Times of its kernels, if they were taken.</param>
    public static string Of(GraphInspection inspection, GraphProfile? profile)
    {
        var script = Part("layout.js") + Part("page.js");
        var style = Part("page.css");
        var page = new StringBuilder(Part("page.html"));
        Insert(page, "{script-hash}", HashOf(script));
        Insert(page, "{style-hash}", HashOf(style));
        Insert(page, "{title}", WebUtility.HtmlEncode($"{inspection.Name}, for {inspection.Target}"));
        Insert(page, "{style}", style);
        Insert(page, "{script}", script);

        // Last, so that nothing in it is taken for a place of the page. JSON is written without < and >.
        Insert(page, "{data}", PageData.Of(inspection, profile));
        return page.ToString();
    }

    private static void Insert(StringBuilder page, string place, string text)
    {
        var at = page.ToString().IndexOf(place, StringComparison.Ordinal);
        page.Remove(at, place.Length).Insert(at, text);
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Part(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"graphc was built without {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
