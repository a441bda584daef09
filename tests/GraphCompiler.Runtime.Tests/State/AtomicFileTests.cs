using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.State;

public sealed class AtomicFileTests
{
    private string _folder = "";

    private string Target => Path.Combine(_folder, "file");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("atomic").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Replace_UntilTheEnd_LeavesTheOldFileInPlace()
    {
        File.WriteAllText(Target, "old");
        AtomicFile.Replace(Target, file =>
        {
            file.Write("new"u8);
            Assert.That(File.ReadAllText(Target), Is.EqualTo("old"));
        });
        Assert.That(File.ReadAllText(Target), Is.EqualTo("new"));
    }

    [Test]
    public void Save_WriterThatFails_LeavesTheOldFileAlone()
    {
        File.WriteAllText(Target, "old");
        Assert.That(
            () => AtomicFile.Save(Target, file =>
            {
                file.Write("half of the new"u8);
                throw new InvalidOperationException();
            }),
            Throws.InvalidOperationException);
        Assert.That(
            () => AtomicFile.Save(Target, _ => throw new IOException("disk full")),
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0433").And.Message.Contains("disk full"));
        Assert.That(File.ReadAllText(Target), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Replace_TwoWritersAtOnce_LeavesOneOfTheFilesWhole()
    {
        Parallel.For(0, 50, i => AtomicFile.Replace(Target, file =>
        {
            for (var at = 0; at < 100; at++)
            {
                file.Write([(byte)i]);
            }
        }));
        var bytes = File.ReadAllBytes(Target);
        Assert.That(bytes, Has.Length.EqualTo(100));
        Assert.That(bytes, Is.All.EqualTo(bytes[0]));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Replace_WhereAFolderIs_ThrowsAndLeavesNothing()
    {
        Directory.CreateDirectory(Target);
        Assert.That(() => AtomicFile.Replace(Target, "a"), Throws.InstanceOf<IOException>().With.Message.Contains("is a folder"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.EqualTo([Target]));
    }

    [Test]
    public void Replace_NameAsLongAsNamesMayBe_Writes()
    {
        var path = Path.Combine(_folder, new string('n', 255));
        AtomicFile.Replace(path, "a");
        Assert.That(File.ReadAllText(path), Is.EqualTo("a"));
    }

    [Test]
    public void ReplaceIfDifferent_NewSameAndOther_WritesTheFirstAndTheLast()
    {
        Assert.That(AtomicFile.ReplaceIfDifferent(Target, "a\nü\n"), Is.True);
        Assert.That(File.ReadAllBytes(Target), Is.EqualTo("a\nü\n"u8.ToArray()), "UTF-8 without a mark");
        Assert.That(AtomicFile.ReplaceIfDifferent(Target, "a\nü\n"), Is.False);
        Assert.That(AtomicFile.ReplaceIfDifferent(Target, "b\n"), Is.True);
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([Target]), "nothing is left beside it");
    }

    [Test]
    public void Holds_OtherEndsOfLines_True()
    {
        File.WriteAllText(Target, "a\r\nb\r\n");
        Assert.That(AtomicFile.Holds(Target, "a\nb\n"), Is.True);
        Assert.That(AtomicFile.Holds(Target, "a\nb"), Is.False);
        Assert.That(AtomicFile.Holds(Target + "x", ""), Is.False);
    }

    // What a killed process leaves behind.
    [Test]
    public void RemoveAbandoned_OldAndNewTemporaries_RemovesTheOld()
    {
        var (old, young) = (Target + ".123.graphcompiler.tmp", Target + ".124.graphcompiler.tmp");
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        File.WriteAllText(Target, "whole");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(Target, DateTime.UtcNow.AddHours(-2));
        AtomicFile.RemoveAbandoned(_folder);
        Assert.That(Directory.GetFiles(_folder), Is.EquivalentTo([young, Target]));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Replace_Links_ReplacesWhatTheyPointAt([Values] bool isThere)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        var file = Path.Combine(elsewhere, "file");
        if (isThere)
        {
            File.WriteAllText(file, "old");
        }

        File.CreateSymbolicLink(Target, file);
        AtomicFile.Replace(Target, "new");
        Assert.That(File.ReadAllText(file), Is.EqualTo("new"));
        Assert.That(new FileInfo(Target).LinkTarget, Is.EqualTo(file));
    }

    // Weights that only one user may read stay so, whatever new files are.
    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Replace_FileOfAMode_KeepsTheMode()
    {
        const UnixFileMode Secret = UnixFileMode.UserRead, Open = (UnixFileMode)0x1B6;
        foreach (var mode in (UnixFileMode[])[Secret, Open])
        {
            File.Delete(Target);
            File.WriteAllText(Target, "old");
            File.SetUnixFileMode(Target, mode);
            AtomicFile.Replace(Target, "new");
            Assert.That(File.GetUnixFileMode(Target), Is.EqualTo(mode));
        }
    }

    // A root that saves to /dev/null must not turn it into a file for everybody.
    [Test]
    [Platform("Linux")]
    public void Replace_Device_IsWrittenToAndStaysADevice()
    {
        File.CreateSymbolicLink(Target, "/dev/null");
        Assert.That(SpecialFile.IsAt("/dev/null"), "before anything is tried");
        AtomicFile.Replace(Target, "text");
        AtomicFile.Save("/dev/null", static file => file.Write("text"u8));
        Assert.That(SpecialFile.IsAt("/dev/null"));
        Assert.That(AtomicFile.Read("/dev/null"), Is.Null);
        Assert.That(new FileInfo(Target).LinkTarget, Is.EqualTo("/dev/null"));
    }

    [Test]
    [Platform("Linux")]
    public void Replace_Pipe_IsWrittenInto()
    {
        using (var made = Process.Start("mkfifo", [Target]))
        {
            made.WaitForExit();
            Assume.That(made.ExitCode, Is.Zero);
        }

        var text = new string('x', 200_000);
        var read = Task.Run(() => File.ReadAllBytes(Target));
        Assert.That(AtomicFile.ReplaceIfDifferent(Target, text), Is.True);
        Assert.That(Encoding.UTF8.GetString(read.Result), Is.EqualTo(text));
        Assert.That(SpecialFile.IsAt(Target));
    }
}
