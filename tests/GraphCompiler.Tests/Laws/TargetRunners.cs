namespace GraphCompiler.Tests.Laws;

/// <summary>The targets that compiled code can be checked on here; none as long as nothing implements <see cref="ITargetRunner"/>.</summary>
internal static class TargetRunners
{
    public static IReadOnlyList<ITargetRunner> All { get; } =
    [
        .. typeof(ITargetRunner).Assembly.GetTypes()
            .Where(static t => t.IsAssignableTo(typeof(ITargetRunner)) && t is { IsAbstract: false, IsInterface: false })
            .OrderBy(static t => t.Name, StringComparer.Ordinal)
            .Select(static t => (ITargetRunner)Activator.CreateInstance(t)!)
            .Where(static r => r.IsSupported),
    ];

    public static ITargetRunner Named(string target) => All.Single(r => r.Target == target);
}
