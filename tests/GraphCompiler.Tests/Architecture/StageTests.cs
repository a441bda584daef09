using System.Text.RegularExpressions;

namespace GraphCompiler.Tests.Architecture;

/// <summary>A stage refers only to stages to its left; what does not is written down here with its reason.</summary>
public sealed partial class StageTests
{
    private static readonly string[] Stages = ["Graph", "Shapes", "Autodiff", "Optimize", "Schedule", "Kernels", "CodeGen", "Compile", "Ahead", "Inspect"];

    /// <summary>Not stages: anybody may ask an operator, name a thing for a message, or use the runtime's types.</summary>
    private static readonly string[] Everybodys = ["Operators", "Diagnostics", "Runtime"];

    private static readonly Dictionary<(string From, string To), string> Exceptions = new()
    {
        [("Graph", "Shapes")] = "a node is inferred when it is declared",
        [("Graph", "Autodiff")] = "Gradients, Jvp and Hvp are methods of Graph",
        [("Graph", "Saving")] = "Save and Load are methods of Graph",
        [("Optimize", "Reference")] = "constant folding runs the definition",
        [("Compile", "Reference")] = "a check of values computes those that are no memory",
        [("Optimize", "Kernels")] = "a rule about contractions builds axes of one",
        [("Schedule", "Kernels")] = "groups hold the accesses and lowerings that they were decided on",
        [("Operators", "Shapes")] = "rule: infer",
        [("Operators", "Autodiff")] = "rule: gradient",
        [("Operators", "Kernels")] = "rule: lower",
        [("Operators", "Reference")] = "rule: reference",
        [("Operators", "Optimize")] = "rule: rewrites",
    };

    private static readonly Lazy<HashSet<(string From, string To)>> Found = new(static () =>
    [
        .. from file in SourceTree.CSharp("compiler/GraphCompiler")
           let parts = file.Split('/')
           where parts.Length > 3 // files beside the folders, such as the pipeline, see every stage
           from Match match in Using().Matches(SourceTree.Read(file))
           let to = match.Groups[1].Value
           where to != parts[2]
           select (parts[2], to),
    ]);

    [Test]
    public void Stage_RefersOnly_ToStagesOnItsLeft()
    {
        var wrong = Found.Value.Where(static d => !IsAllowed(d.From, d.To)).Select(static d => $"{d.From} → {d.To}");
        Assert.That(wrong.Order(StringComparer.Ordinal), Is.Empty, "move the code, or write the exception down with its reason");
    }

    [Test]
    public void Exceptions_NoLongerNeeded_AreStruckOff() =>
        Assert.That(Exceptions.Keys.Where(static e => !Found.Value.Contains(e)), Is.Empty);

    [Test]
    public void Runtime_RefersOnly_ToItself()
    {
        var wrong = from file in SourceTree.CSharp("runtime/GraphCompiler.Runtime")
                    from Match match in Using().Matches(SourceTree.Read(file))
                    where match.Groups[1].Value != "Runtime"
                    select $"{file} uses {match.Value}";
        Assert.That(wrong, Is.Empty);
    }

    private static bool IsAllowed(string from, string to)
    {
        if (Everybodys.Contains(to) || Exceptions.ContainsKey((from, to)))
        {
            return true;
        }

        var (left, right) = (Array.IndexOf(Stages, to), Array.IndexOf(Stages, from));
        return left >= 0 && right >= 0 && left < right;
    }

    // The folder Graph is the namespace GraphCompiler itself, which nobody needs to name.
    [GeneratedRegex(@"^using (?:static |\w+ = )?GraphCompiler\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
