using GraphCompiler.Runtime;

namespace GraphCompiler.Build.Tests.Generator;

public sealed class ReportTests
{
    [Test]
    public void Write_HostileText_IsOneLineOfFiveFields()
    {
        var report = new Report("/app");
        report.Add(new GraphException("GRC0503", "a\tb\r\nfoo.cs(1): error X: no\u2028c", "./Graphs/Net.cs", 7));
        report.Add(new GraphException("GRC0450", "nowhere"), "Graphs/Net.cs", 3);
        report.Add(new GraphException("GRC0121", "elsewhere", "Graphs/Other.cs", 9), "Graphs/Net.cs", 3);
        report.Warn("GRC0514", "none");
        var path = Path.GetTempFileName();
        try
        {
            report.Write(path);
            Assert.That(
                File.ReadAllLines(path),
                Is.EqualTo([
                    "error\tGRC0503\t/app/Graphs/Net.cs\t7\ta b foo.cs(1): error X: no c",
                    "error\tGRC0450\t/app/Graphs/Net.cs\t3\tnowhere",
                    "error\tGRC0121\t/app/Graphs/Other.cs\t9\telsewhere",
                    "warning\tGRC0514\t\t0\tnone"]));
            Assert.That(report.HasErrors, Is.True);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
