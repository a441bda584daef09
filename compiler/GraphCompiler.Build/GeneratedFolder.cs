using System.Globalization;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Build;

/// <summary>The folder of generated code: written, or compared.</summary>
internal sealed class GeneratedFolder(Request request, Report report)
{
    /// <summary>Writes what is different, and removes what is no longer generated.</summary>
    public void Update(IReadOnlyList<GeneratedFile> files)
    {
        Directory.CreateDirectory(request.SourceDirectory);
        Directory.CreateDirectory(request.MapDirectory);
        AtomicFile.RemoveAbandoned(request.SourceDirectory);
        AtomicFile.RemoveAbandoned(request.MapDirectory);
        foreach (var file in files)
        {
            if (file.Text is not null && AtomicFile.ReplaceIfDifferent(SourcePath(file.Entry.FileName), file.Text))
            {
                report.Note($"{SourcePath(file.Entry.FileName)}: written");
            }

            if (file.Map is not null)
            {
                AtomicFile.ReplaceIfDifferent(MapPath(file.Entry.FileName), file.Map);
            }
        }

        foreach (var name in Superfluous(files))
        {
            File.Delete(SourcePath(name));
            File.Delete(MapPath(name));
            report.Note($"{SourcePath(name)}: removed");
        }

        Finish(files);
    }

    /// <summary>Reports every file that is not what it should be. Nothing of the source tree is written.</summary>
    public void Verify(IReadOnlyList<GeneratedFile> files)
    {
        foreach (var file in files)
        {
            var path = SourcePath(file.Entry.FileName);
            var committed = AtomicFile.Read(path);
            if (committed is null)
            {
                Stale(path, 0, $"{file.Definition} has no generated code there");
            }
            else if (file.Text is not null && committed != file.Text)
            {
                Stale(path, FirstDifference(committed, file.Text), $"it is not what {file.Definition} generates");
            }
        }

        foreach (var name in Superfluous(files))
        {
            Stale(SourcePath(name), 0, "no graph generates it any more");
        }

        if (!report.HasErrors)
        {
            foreach (var file in files.Where(static file => file.Map is not null))
            {
                AtomicFile.ReplaceIfDifferent(MapPath(file.Entry.FileName), file.Map!);
            }

            Finish(files);
        }
    }

    private void Stale(string path, int line, string fact) => report.Add(new GraphException(
        "GRC0510",
        $"Committed code requires to be what its graph generates: {fact}. To generate it again: "
        + $"dotnet build \"{Path.GetFileName(request.ProjectFile)}\" -p:GraphVerify=false",
        path,
        line));

    // Files that bear the mark of this generator, and those of the last time.
    private List<string> Superfluous(IReadOnlyList<GeneratedFile> files)
    {
        var wanted = files.Select(static file => file.Entry.FileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = ManifestEntry.ReadAll(request.ManifestFile).Keys.Where(name => File.Exists(SourcePath(name)));
        var marked = Directory.Exists(request.SourceDirectory)
            ? Directory.EnumerateFiles(request.SourceDirectory, "*.g.cs").Where(IsMarked).Select(static path => Path.GetFileName(path))
            : [];
        return [.. known.Concat(marked).Distinct(StringComparer.Ordinal).Where(name => !wanted.Contains(name)).Order(StringComparer.Ordinal)];
    }

    private static bool IsMarked(string path)
    {
        const int HeaderLines = 3;
        return File.ReadLines(path).Take(HeaderLines).Any(static line =>
            line.StartsWith("// Graph ", StringComparison.Ordinal) && line.Contains(", compiled ahead of time by GraphCompiler ", StringComparison.Ordinal));
    }

    // The list and then the mark that all is done: whoever is interrupted begins again.
    private void Finish(IReadOnlyList<GeneratedFile> files)
    {
        ManifestEntry.WriteAll(request.ManifestFile, files.Select(static file => file.Entry));
        AtomicFile.ReplaceIfDifferent(request.ListFile, string.Concat(files.Select(static file => file.Entry.FileName + "\n")));
        AtomicFile.Replace(request.DoneFile, string.Create(CultureInfo.InvariantCulture, $"{files.Count} graphs\n"));
    }

    private static int FirstDifference(string committed, string text)
    {
        var (one, two) = (committed.Split('\n'), text.Split('\n'));
        var line = 0;
        while (line < one.Length && line < two.Length && one[line] == two[line])
        {
            line++;
        }

        return line + 1;
    }

    private string SourcePath(string name) => Path.Combine(request.SourceDirectory, name);

    private string MapPath(string name) => Path.Combine(request.MapDirectory, ManifestEntry.MapNameOf(name));
}
