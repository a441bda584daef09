namespace GraphCompiler.Build;

/// <summary>What the build asks for: a file of lines <c>key=value</c>, of which some keys come several times.</summary>
/// <param name="AssemblyFile">The compiled graph files.</param>
/// <param name="ProjectFile">The project, for messages; paths of graph files begin at its folder.</param>
/// <param name="SourceDirectory">Where generated code goes.</param>
/// <param name="MapDirectory">Where maps go.</param>
/// <param name="StateDirectory">Where the generator keeps what it needs for the next time.</param>
/// <param name="Verify">True: code is compared, and not written.</param>
/// <param name="IsCommitted">True: the source directory is part of the source tree.</param>
/// <param name="Runtimes">The runtimes that the project is compiled against: one, if all is well.</param>
/// <param name="Probes">Assemblies that graph files may need when they run.</param>
internal sealed record Request(
    string AssemblyFile,
    string ProjectFile,
    string SourceDirectory,
    string MapDirectory,
    string StateDirectory,
    bool Verify,
    bool IsCommitted,
    IReadOnlyList<string> Runtimes,
    IReadOnlyList<string> Probes)
{
    /// <summary>Where the project is.</summary>
    public string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;

    /// <summary>What came of it, for the build to show.</summary>
    public string ReportFile => Path.Combine(StateDirectory, "report.txt");

    /// <summary>Names of generated files, a line each: what the build compiles.</summary>
    public string ListFile => Path.Combine(StateDirectory, "generated.txt");

    /// <summary>What the files were generated from.</summary>
    public string ManifestFile => Path.Combine(StateDirectory, "manifest.txt");

    /// <summary>Written last.</summary>
    public string DoneFile => Path.Combine(StateDirectory, "done.txt");

    /// <summary>Reads a request.</summary>
    /// <exception cref="FormatException">A line without a key, or a key that is missing.</exception>
    public static Request Read(string path)
    {
        var values = File.ReadAllLines(path).Select(static line => line.Split('=', 2)).ToLookup(
            static pair => pair.Length == 2 ? pair[0] : throw new FormatException($"a line without a key: {pair[0]}"),
            static pair => pair[1]);
        return new Request(
            One("assembly"),
            One("project"),
            One("sources"),
            One("maps"),
            One("state"),
            bool.Parse(One("verify")),
            bool.Parse(One("committed")),
            [.. values["runtime"]],
            [.. values["probe"]]);

        string One(string key) => values[key].FirstOrDefault() ?? throw new FormatException($"{path} has no {key}");
    }
}
