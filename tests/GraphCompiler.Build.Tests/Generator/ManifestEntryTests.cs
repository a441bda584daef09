namespace GraphCompiler.Build.Tests.Generator;

public sealed class ManifestEntryTests
{
    [Test]
    public void ReadAll_WhatWasWritten_IsTheSame()
    {
        var path = Path.GetTempFileName();
        try
        {
            ManifestEntry[] entries = [new("A.g.cs", "k1", "t1", "m1"), new("B.C.g.cs", "", "t2", "m2")];
            ManifestEntry.WriteAll(path, entries);
            Assert.That(ManifestEntry.ReadAll(path).Values, Is.EqualTo(entries));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void ReadAll_NoFileOrDamagedLines_GivesWhatIsWhole()
    {
        Assert.That(ManifestEntry.ReadAll(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())), Is.Empty);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "A.g.cs\tk\tt\tm\nB.g.cs\tk\n\0\n");
            Assert.That(ManifestEntry.ReadAll(path).Keys, Is.EqualTo(["A.g.cs"]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void MapNameOf_File_ReplacesTheEnding() => Assert.That(ManifestEntry.MapNameOf("B.C.g.cs"), Is.EqualTo("B.C.g.map.json"));
}
