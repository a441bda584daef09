using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests;

/// <summary>In the namespace above all tests, and so behind all of them.</summary>
[SetUpFixture]
public sealed class TearDown
{
    [OneTimeTearDown]
    public void RemoveFolders() => Feed.RemoveFolders();
}
