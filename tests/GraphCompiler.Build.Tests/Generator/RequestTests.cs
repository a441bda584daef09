namespace GraphCompiler.Build.Tests.Generator;

public sealed class RequestTests
{
    private const string Complete =
        "assembly=/a=b/App.dll\nproject=/a=b/App.csproj\nsources=/s\nmaps=/m\nstate=/t\nverify=True\ncommitted=False\nprobe=/1.dll\nprobe=/2.dll\n";

    [Test]
    public void Read_PathsWithEqualsSigns_AreWhole()
    {
        var request = Read(Complete);
        Assert.That(request.AssemblyFile, Is.EqualTo("/a=b/App.dll"));
        Assert.That(request.ProjectDirectory, Is.EqualTo("/a=b"));
        Assert.That(request.Probes, Is.EqualTo(["/1.dll", "/2.dll"]));
        Assert.That(request.Runtimes, Is.Empty);
        Assert.That((request.Verify, request.IsCommitted), Is.EqualTo((true, false)));
    }

    [TestCase("assembly=/App.dll\n")]
    [TestCase("no key\n")]
    [TestCase("")]
    public void Read_IncompleteRequest_IsRefused(string text) => Assert.That(() => Read(text), Throws.TypeOf<FormatException>());

    private static Request Read(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return Request.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
