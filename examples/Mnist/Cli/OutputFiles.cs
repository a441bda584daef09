using GraphCompiler;

namespace Mnist.Cli;

/// <summary>Files that the program writes.</summary>
internal static class OutputFiles
{
    /// <summary>Complains about a file that cannot be written before the minutes are spent that fill it.</summary>
    /// <exception cref="UserError">Its folder does not exist, or it is a folder itself.</exception>
    public static void CheckPlace(string option, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(path) || !Directory.Exists(folder))
        {
            throw new UserError($"{option} {path}: this is a folder, or it is in none that exists");
        }
    }

    /// <summary>Writes <c>NAME.graph.txt</c>, <c>NAME.cs</c> and <c>NAME.summary.txt</c> for each graph.</summary>
    /// <exception cref="UserError">The folder or a file cannot be written.</exception>
    public static void Emit(string folder, IEnumerable<(Graph Graph, string Source, string Summary)> graphs)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (graph, source, summary) in graphs)
            {
                File.WriteAllText(Path.Combine(folder, $"{graph.Name}.graph.txt"), graph.ToString());
                File.WriteAllText(Path.Combine(folder, $"{graph.Name}.cs"), source);
                File.WriteAllText(Path.Combine(folder, $"{graph.Name}.summary.txt"), summary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"--emit {folder}: cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }
}
