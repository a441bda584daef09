namespace GraphCompiler.Tests;

/// <summary>Three workers, whatever the machine has: splits over one, two and three can be compared everywhere.</summary>
[SetUpFixture]
public sealed class TeamSetUp
{
    [OneTimeSetUp]
    public void Size() => Environment.SetEnvironmentVariable("GRAPHC_THREADS", "3");
}
