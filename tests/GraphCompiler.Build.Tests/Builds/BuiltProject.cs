using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>A project that was built once; tests go on from copies.</summary>
internal static class BuiltProject
{
    public const string Code = "obj/Debug/net10.0/Graphs";

    public const string State = "obj/Debug/net10.0/GraphBuild";

    private static readonly Lazy<(TestProject Project, Ran Build)> Original = new(static () =>
    {
        var project = TestProject.New();
        return (project, project.Build());
    });

    /// <summary>What the first build said.</summary>
    public static Ran FirstBuild => Original.Value.Build;

    /// <summary>A copy of its own for each test.</summary>
    public static TestProject Copy()
    {
        Original.Value.Build.Succeeded();
        return Original.Value.Project.Copy();
    }
}
