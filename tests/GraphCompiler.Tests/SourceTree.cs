namespace GraphCompiler.Tests;

/// <summary>Where the sources lie that these tests were built from.</summary>
internal static class SourceTree
{
    /// <summary>The root of the repository. Found from the binaries: a deterministic build maps the paths of sources.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of this project.</summary>
    public static string Tests { get; } = Path.Combine(Root, "tests", "GraphCompiler.Tests");

    /// <summary>Every hand-written C# file of a folder, sorted, with forward slashes, relative to the root.</summary>
    public static IReadOnlyList<string> CSharp(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

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
