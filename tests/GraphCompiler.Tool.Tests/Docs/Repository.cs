namespace GraphCompiler.Tool.Tests.Docs;

/// <summary>The checkout that these tests belong to.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The graph file that the page about the tool shows.</summary>
    public static string Sample { get; } = Path.Combine(Root, "tests", "GraphCompiler.Tool.Tests", "Docs", "Mlp.cs");

    /// <summary>Whether pages and pictures are to be written instead of compared.</summary>
    public static bool Blesses => Environment.GetEnvironmentVariable("GRAPHC_BLESS") == "1";

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GraphCompiler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No GraphCompiler.sln above {AppContext.BaseDirectory}");
    }
}
