namespace GraphCompiler.Examples.Tests.NativeClassifier;

public sealed class GeneratedCodeTests
{
    // GRAPHC_BLESS=1 writes the files.
    [Test]
    public void Generated_OfTheGraphs_IsWhatIsCommitted()
    {
        Assert.That(DigitPrograms.Definitions.Count(), Is.EqualTo(2));
        foreach (var definition in DigitPrograms.Definitions)
        {
            var source = GraphSource.Emit(definition.Declare(), definition.Options with
            {
                Regenerate = "GRAPHC_BLESS=1 dotnet test tests/GraphCompiler.Examples.Tests",
            });
            var file = Path.Combine(DigitPrograms.Folder, "Generated", source.FileName);
            if (Environment.GetEnvironmentVariable("GRAPHC_BLESS") == "1")
            {
                File.WriteAllText(file, source.Text);
            }

            Assert.That(File.ReadAllText(file) == source.Text, $"{file} is not what {definition} generates: GRAPHC_BLESS=1 writes it");
        }
    }
}
