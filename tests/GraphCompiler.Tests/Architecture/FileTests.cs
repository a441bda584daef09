using System.Text.RegularExpressions;

namespace GraphCompiler.Tests.Architecture;

/// <summary>Files stay small and are found by the name of what they hold.</summary>
public sealed partial class FileTests
{
    private const int WarnAbove = 400;
    private const int FailAbove = 800;

    private static IEnumerable<string> Files => new[] { "compiler", "runtime", "tests" }.SelectMany(SourceTree.CSharp);

    [Test]
    public void Files_Every_HasAtMost800Lines()
    {
        var lengths = Files.Select(static f => (File: f, Lines: SourceTree.Read(f).AsSpan().Count('\n'))).OrderByDescending(static f => f.Lines).ToArray();
        foreach (var (file, lines) in lengths.Where(static f => f.Lines > WarnAbove))
        {
            TestContext.Out.WriteLine($"{file} has {lines} lines: does it hold one thing?");
        }

        Assert.That(lengths.Where(static f => f.Lines > FailAbove), Is.Empty);
    }

    [Test]
    public void Files_OfCompilerAndRuntime_HaveAMedianBelow100Lines()
    {
        var lengths = new[] { "compiler", "runtime" }.SelectMany(SourceTree.CSharp)
            .Select(static f => SourceTree.Read(f).AsSpan().Count('\n')).Order().ToArray();
        Assert.That(lengths[lengths.Length / 2], Is.LessThan(100));
    }

    // An operator's file is named for the operator: it holds Op.Exp and ExpOp. Parts of a partial type are named for the part.
    [Test]
    public void Files_OfTheCompiler_AreNamedAfterATypeInThem()
    {
        var wrong = from file in SourceTree.CSharp("compiler")
                    let name = Path.GetFileNameWithoutExtension(file).Split('.')[0]
                    where name is not ("AssemblyInfo" or "Program")
                    let types = Types().Matches(SourceTree.Read(file)).ToArray()
                    where types.Length > 0
                        && !types.Any(t => t.Groups["name"].Value == name || t.Groups["name"].Value == name + "Op")
                        && !types.All(static t => t.Groups["partial"].Success)
                    select file;
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Files_Every_HasANamespaceEqualToItsFolder()
    {
        var wrong = from file in SourceTree.CSharp("compiler/GraphCompiler").Concat(SourceTree.CSharp("runtime/GraphCompiler.Runtime"))
                    let match = Namespace().Match(SourceTree.Read(file))
                    where match.Success && file != ByFullName && !Allowed(file).Contains(match.Groups[1].Value)
                    select $"{file}: {match.Groups[1].Value}";
        Assert.That(wrong, Is.Empty);
    }

    // The JIT knows this attribute by its full name alone.
    private const string ByFullName = "compiler/GraphCompiler/Graph/DynamicSecurityMethodAttribute.cs";

    // A folder may group files of the namespace above it: what users meet first, the families of operators.
    private static string[] Allowed(string file)
    {
        var folders = file.Split('/')[1..^1];
        return folders is ["GraphCompiler", "Operators", ..] ? ["GraphCompiler.Operators"] : [string.Join('.', folders), string.Join('.', folders[..^1])];
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|private|sealed|abstract|static|readonly|unsafe|ref) )*(?<partial>partial )?(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
