namespace GraphCompiler.Build.Tests.Support;

/// <summary>The packages, and a folder of these tests alone that they are unpacked into: the user's may hold others of the same version.</summary>
internal static class Feed
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("graphcompiler-build-");

    /// <summary>Packages lie here.</summary>
    public static string Packages { get; } = Path.Combine(AppContext.BaseDirectory, "feed");

    /// <summary>And are unpacked here.</summary>
    public static string Unpacked { get; } = Path.Combine(Root.FullName, "packages");

    /// <summary>True where the long matrix is asked for.</summary>
    public static bool TestsAll => Environment.GetEnvironmentVariable("GRAPHC_TEST_ALL") == "1";

    /// <summary>A new folder, with a name that command lines have trouble with.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Root.FullName, $"a b'ü {Guid.NewGuid():N}"[..16])).FullName;

    /// <summary>Ends a test that belongs to the long matrix, unless that is asked for.</summary>
    public static void RequireAll()
    {
        if (!TestsAll)
        {
            Assert.Ignore("one of the longer builds: GRAPHC_TEST_ALL=1 runs them");
        }
    }

    /// <summary>Removes what the tests of this run left.</summary>
    public static void RemoveFolders() => Root.Delete(recursive: true);
}
