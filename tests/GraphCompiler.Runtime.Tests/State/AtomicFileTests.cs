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
        AtomicFile.Replace(Target, handle =>
        {
            RandomAccess.Write(handle, "new"u8, 0);
            Assert.That(File.ReadAllText(Target), Is.EqualTo("old"));
        });
        Assert.That(File.ReadAllText(Target), Is.EqualTo("new"));
    }

    [Test]
    public void Replace_WriterThatFails_LeavesTheOldFileAlone()
    {
        File.WriteAllText(Target, "old");
        Assert.That(
            () => AtomicFile.Replace(Target, handle =>
            {
                RandomAccess.Write(handle, "half of the new"u8, 0);
                throw new InvalidOperationException();
            }),
            Throws.InvalidOperationException);
        Assert.That(
            () => AtomicFile.Replace(Target, _ => throw new IOException("disk full")),
            Throws.TypeOf<GraphException>().With.Property("Id").EqualTo("GRC0433").And.Message.Contains("disk full"));
        Assert.That(File.ReadAllText(Target), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Replace_TwoWritersAtOnce_LeavesOneOfTheFilesWhole()
    {
        Parallel.For(0, 50, i => AtomicFile.Replace(Target, handle =>
        {
            for (var at = 0; at < 100; at++)
            {
                RandomAccess.Write(handle, [(byte)i], at);
            }
        }));
        var bytes = File.ReadAllBytes(Target);
        Assert.That(bytes, Has.Length.EqualTo(100));
        Assert.That(bytes, Is.All.EqualTo(bytes[0]));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }
}
