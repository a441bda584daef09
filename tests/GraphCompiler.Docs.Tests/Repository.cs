namespace GraphCompiler.Docs.Tests;

/// <summary>The checkout that these tests belong to. Found from the binaries: a deterministic build maps source paths.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>README.md and every page below docs/, relative to the root, sorted.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The text of every hand-written C# file.</summary>
    public static IEnumerable<string> CSharpSources() =>
        from folder in (string[])["compiler", "runtime", "examples", "tests"]
        let path = Path.Combine(Root, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
        select File.ReadAllText(file);

    private static string FindRoot()
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
