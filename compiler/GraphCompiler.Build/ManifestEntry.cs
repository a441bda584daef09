using GraphCompiler.Runtime.State;

namespace GraphCompiler.Build;

/// <summary>One generated file: what it was generated from, and what it was then.</summary>
/// <param name="FileName">Its name, in the folder of generated code.</param>
/// <param name="Key">The content of the graph, of the options, and of all lines that declare it.</param>
/// <param name="TextHash">Of the file.</param>
/// <param name="MapHash">Of its map.</param>
internal sealed record ManifestEntry(string FileName, string Key, string TextHash, string MapHash)
{
    /// <summary>The name of the map beside a generated file.</summary>
    public static string MapNameOf(string fileName) => Path.ChangeExtension(fileName, ".map.json");

    /// <summary>What was generated the last time; nothing where that is not known.</summary>
    public static IReadOnlyDictionary<string, ManifestEntry> ReadAll(string path)
    {
        var entries = new Dictionary<string, ManifestEntry>(StringComparer.Ordinal);
        foreach (var line in AtomicFile.Read(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (line.Split('\t') is [var name, var key, var text, var map])
            {
                entries[name] = new ManifestEntry(name, key, text, map);
            }
        }

        return entries;
    }

    /// <summary>Remembers what was generated.</summary>
    public static void WriteAll(string path, IEnumerable<ManifestEntry> entries) => AtomicFile.ReplaceIfDifferent(
        path, string.Concat(entries.Select(static e => $"{e.FileName}\t{e.Key}\t{e.TextHash}\t{e.MapHash}\n")));
}
