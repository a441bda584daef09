using System.IO.Compression;
using System.Xml.Linq;
using GraphCompiler.Build.Tests.Support;

namespace GraphCompiler.Build.Tests.Builds;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests
{
    [TestCase("GraphCompiler.Runtime", "lib/net10.0/GraphCompiler.Runtime.dll", "lib/net9.0/GraphCompiler.Runtime.dll", "lib/net10.0/GraphCompiler.Runtime.xml")]
    [TestCase("GraphCompiler", "lib/net10.0/GraphCompiler.dll", "lib/net10.0/GraphCompiler.xml")]
    [TestCase(
        "GraphCompiler.Build",
        "build/GraphCompiler.Build.props",
        "build/GraphCompiler.Build.targets",
        "tools/net10.0/GraphCompiler.Build.dll",
        "tools/net10.0/GraphCompiler.Build.runtimeconfig.json",
        "tools/net10.0/GraphCompiler.dll",
        "tools/net10.0/GraphCompiler.xml",
        "tools/net10.0/tasks/GraphCompiler.Build.Tasks.dll")]
    public void Package_Every_HasItsFilesReadmeAndLicence(string package, params string[] files)
    {
        using var archive = Open(package);
        Assert.That(archive.Entries.Select(static e => e.FullName), Is.SupersetOf([.. files, "README.md", "LICENSE"]));
        Assert.That(Metadata(archive, "license"), Is.EqualTo("MIT"));
        Assert.That(Metadata(archive, "readme"), Is.EqualTo("README.md"));
    }

    // An application that refers to it gets nothing to refer to.
    [Test]
    public void BuildPackage_IsADevelopmentDependencyWithoutReferences()
    {
        using var archive = Open("GraphCompiler.Build");
        Assert.That(Metadata(archive, "developmentDependency"), Is.EqualTo("true"));
        Assert.That(Nuspec(archive).Descendants().Where(static e => e.Name.LocalName == "dependency"), Is.Empty);
        Assert.That(archive.Entries.Where(static e => e.FullName.StartsWith("lib/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void RuntimePackage_DependsOnNothing()
    {
        using var archive = Open("GraphCompiler.Runtime");
        Assert.That(Nuspec(archive).Descendants().Where(static e => e.Name.LocalName == "dependency"), Is.Empty);
    }

    private static ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Feed.Packages, $"{package}.0.1.0.nupkg"));

    private static XDocument Nuspec(ZipArchive archive)
    {
        using var stream = archive.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string? Metadata(ZipArchive archive, string name) =>
        Nuspec(archive).Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}
