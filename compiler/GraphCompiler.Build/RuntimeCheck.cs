using System.Reflection;
using GraphCompiler.Runtime;

namespace GraphCompiler.Build;

/// <summary>Generated code runs on the runtime that it was generated for.</summary>
internal static class RuntimeCheck
{
    /// <summary>GRC0511 unless the project is compiled against the runtime of this generator's version.</summary>
    /// <param name="paths">The project's references of that name.</param>
    public static void Require(IReadOnlyList<string> paths)
    {
        var own = typeof(Worker).Assembly.GetName().Version!;
        var found = paths.Count == 0 ? null : AssemblyName.GetAssemblyName(paths[0]).Version;
        if (found != own)
        {
            throw new GraphException(
                "GRC0511",
                $"Generated code requires a reference to GraphCompiler.Runtime {own.ToString(3)}, the version of GraphCompiler.Build: "
                + (found is null ? "the project has none" : $"the project has {found.ToString(3)}"));
        }
    }
}
