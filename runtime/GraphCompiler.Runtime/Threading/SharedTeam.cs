using System.Globalization;

namespace GraphCompiler.Runtime.Threading;

/// <summary>The one team of the process, made when first asked for.</summary>
internal static class SharedTeam
{
    /// <summary>Environment variable that overrides the number of workers.</summary>
    public const string Variable = "GRAPHC_THREADS";

    private static readonly object Gate = new();
    private static volatile WorkerTeam? _instance;

    /// <summary>The team.</summary>
    /// <exception cref="GraphException">GRC0412: the environment variable is not a number of workers.</exception>
    public static WorkerTeam Instance => _instance ?? Create();

    /// <summary>
    /// The number of workers that <paramref name="setting"/> asks for; null or empty: one per processor.
    /// </summary>
    /// <exception cref="GraphException">GRC0412: the setting is not a number of workers.</exception>
    public static int SizeFrom(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return Math.Min(Environment.ProcessorCount, WorkerTeam.MaxSize);
        }

        var isNumber = int.TryParse(setting, NumberStyles.Integer, CultureInfo.InvariantCulture, out var size);
        return isNumber && size is >= 1 and <= WorkerTeam.MaxSize
            ? size
            : throw new GraphException(
                "GRC0412", $"{Variable} requires a number from 1 to {WorkerTeam.MaxSize}: got \"{setting}\"");
    }

    // Not a Lazy or a type initialiser: those would wrap, or remember, the exception.
    private static WorkerTeam Create()
    {
        lock (Gate)
        {
            return _instance ??= new WorkerTeam(SizeFrom(Environment.GetEnvironmentVariable(Variable)), shared: true);
        }
    }
}
