namespace GraphCompiler.Build.Tests.Generator;

public sealed class OutputFileTests
{
    private DirectoryInfo _folder = null!;

    private string File => Path.Combine(_folder.FullName, "a.g.cs");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("graphcompiler-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void WriteIfDifferent_NewSameAndOther_WritesTheFirstAndTheLast()
    {
        Assert.That(OutputFile.WriteIfDifferent(File, "a\nü\n"), Is.True);
        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo("a\nü\n"u8.ToArray()), "UTF-8 without a mark");
        Assert.That(OutputFile.WriteIfDifferent(File, "a\nü\n"), Is.False);
        Assert.That(OutputFile.WriteIfDifferent(File, "b\n"), Is.True);
        Assert.That(_folder.GetFiles().Select(static f => f.Name), Is.EqualTo(["a.g.cs"]), "nothing is left beside it");
    }

    [Test]
    public void IsSame_OtherEndsOfLines_True()
    {
        System.IO.File.WriteAllText(File, "a\r\nb\r\n");
        Assert.That(OutputFile.IsSame(File, "a\nb\n"), Is.True);
        Assert.That(OutputFile.IsSame(File, "a\nb"), Is.False);
        Assert.That(OutputFile.IsSame(File + "x", ""), Is.False);
    }

    [Test]
    public void Write_WhereAFolderIs_ThrowsAndLeavesNothing()
    {
        Directory.CreateDirectory(File);
        Assert.That(() => OutputFile.Write(File, "a"), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(_folder.GetFiles(), Is.Empty);
    }

    [Test]
    public void Write_ManyWritersAtOnce_LeavesOneWholeText()
    {
        var texts = Enumerable.Range(0, 8).Select(static i => new string((char)('a' + i), 100_000)).ToArray();
        Parallel.ForEach(texts, text => OutputFile.Write(File, text));
        Assert.That(texts, Does.Contain(System.IO.File.ReadAllText(File)));
        Assert.That(_folder.GetFiles(), Has.Length.EqualTo(1));
    }

    // What a killed process leaves behind.
    [Test]
    public void RemoveAbandoned_OldAndNewTemporaries_RemovesTheOld()
    {
        var (old, young) = (File + ".123.graphs.tmp", File + ".124.graphs.tmp");
        System.IO.File.WriteAllText(old, "half");
        System.IO.File.WriteAllText(young, "half");
        System.IO.File.WriteAllText(File, "whole");
        System.IO.File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddHours(-2));
        OutputFile.RemoveAbandoned(_folder.FullName);
        Assert.That(_folder.GetFiles().Select(static f => f.FullName), Is.EquivalentTo([young, File]));
    }
}
