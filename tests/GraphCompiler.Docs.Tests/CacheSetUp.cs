namespace GraphCompiler.Docs.Tests;

/// <summary>What pages compile is cached in a folder of these tests, not in the user's.</summary>
[SetUpFixture]
public sealed class CacheSetUp
{
    private readonly string _folder = Directory.CreateTempSubdirectory("graphcompiler-docs-").FullName;

    [OneTimeSetUp]
    public void UseOwnFolder() => Environment.SetEnvironmentVariable("XDG_CACHE_HOME", _folder);

    [OneTimeTearDown]
    public void RemoveFolder()
    {
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", null);
        Directory.Delete(_folder, recursive: true);
    }
}
