using System.Globalization;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace GraphCompiler.Build.Tasks;

/// <summary>
/// Runs the generator in a process of its own, and logs what it reports. The generator is told what to do in one file
/// and reports in another: what graph files print while they are run is shown, and taken for nothing else.
/// </summary>
public sealed class GenerateGraphs : ToolTask
{
    private readonly List<string> _printed = [];

    /// <summary>The generator.</summary>
    [Required]
    public string Generator { get; set; } = "";

    /// <summary>The compiled graph files.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The project, named in what is said about generating again.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Where the generated files go.</summary>
    [Required]
    public string SourceDirectory { get; set; } = "";

    /// <summary>Where maps go.</summary>
    [Required]
    public string MapDirectory { get; set; } = "";

    /// <summary>Where the generator keeps what it needs for the next time.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>True: the generated files are compared and not written.</summary>
    public bool Verify { get; set; }

    /// <summary>True: the generated files are in the source tree.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Assemblies that graph files may need when they are run.</summary>
    public ITaskItem[] Probes { get; set; } = [];

    /// <summary>What the project is compiled against.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    private string RequestFile => Path.Combine(StateDirectory, "request.txt");

    private string ReportFile => Path.Combine(StateDirectory, "report.txt");

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(StateDirectory);
        File.Delete(ReportFile);
        File.WriteAllLines(RequestFile, Request(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return base.Execute() && !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Generator);
        line.AppendFileNameIfNotNull(RequestFile);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        _printed.Add(singleLine);
        Log.LogMessage(MessageImportance.Normal, "{0}", singleLine);
    }

    /// <inheritdoc/>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        var exit = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        if (File.Exists(ReportFile))
        {
            foreach (var line in File.ReadAllLines(ReportFile, Encoding.UTF8))
            {
                Show(line.Split('\t'));
            }
        }
        else
        {
            // Ended by a signal, by a stack overflow, or by a graph file that ends the process: its output is all there is.
            const int Shown = 50;
            foreach (var line in _printed.Take(Shown))
            {
                Log.LogMessage(MessageImportance.High, "{0}", line);
            }

            var first = _printed.Find(static line => line.Trim().Length > 0);
            var said = first is null ? "" : $", its output begins with \"{first.Trim()}\"";
            Log.LogError(
                null, "GRC0513", null, Assembly, 0, 0, 0, 0, "{0}", $"Generating requires a generator that runs to its end: it ended with {exit}{said}");
        }

        return exit;
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors() => false;

    private void Show(string[] fields)
    {
        if (fields.Length != 5)
        {
            throw new FormatException($"the report of {Generator} has a line of {fields.Length} fields");
        }

        // What concerns no file in particular concerns the project.
        var (severity, id, text) = (fields[0], fields[1], fields[4]);
        var file = fields[2].Length > 0 ? fields[2] : Project;
        var line = int.Parse(fields[3], CultureInfo.InvariantCulture);
        switch (severity)
        {
            case "error":
                Log.LogError(null, id, null, file, line, 0, 0, 0, "{0}", text);
                break;
            case "warning":
                Log.LogWarning(null, id, null, file, line, 0, 0, 0, "{0}", text);
                break;
            default:
                Log.LogMessage(MessageImportance.Normal, "{0}", text);
                break;
        }
    }

    private IEnumerable<string> Request()
    {
        yield return $"assembly={Path.GetFullPath(Assembly)}";
        yield return $"project={Path.GetFullPath(Project)}";
        yield return $"sources={Path.GetFullPath(SourceDirectory)}";
        yield return $"maps={Path.GetFullPath(MapDirectory)}";
        yield return $"state={Path.GetFullPath(StateDirectory)}";
        yield return $"verify={Verify}";
        yield return $"committed={IsCommitted}";
        foreach (var reference in References.Where(IsRuntime))
        {
            yield return $"runtime={Path.GetFullPath(reference.ItemSpec)}";
        }

        foreach (var probe in Probes)
        {
            yield return $"probe={Path.GetFullPath(probe.ItemSpec)}";
        }
    }

    private static bool IsRuntime(ITaskItem reference) =>
        string.Equals(Path.GetFileName(reference.ItemSpec), "GraphCompiler.Runtime.dll", StringComparison.OrdinalIgnoreCase);
}
